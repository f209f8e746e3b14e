-- What is not shown takes no place among what a search looks at, and a thread of which no post can be read is in no list.

alter table post_words add column shown boolean not null default true;
alter table thread_words add column shown boolean not null default true;
alter table threads add column emptied boolean not null default false;  -- it had posts, and each is removed or deleted

update post_words set shown = false from posts where posts.id = post_id and posts.state <> 'visible';
update threads t set emptied = true
where post_count > 0 and not exists (select from posts where thread_id = t.id and number is not null and state = 'visible');
update thread_words set shown = false from threads where threads.id = thread_id and emptied;

-- The thread is locked by whoever changes the state of its posts. A new post says itself that the thread has one.
create function note_shown() returns trigger language plpgsql as $$
begin
  update post_words set shown = (new.state = 'visible') where post_id = new.id;
  update threads t set emptied = not t.emptied
  where id = new.thread_id and emptied = exists (
    select from posts where thread_id = new.thread_id and number is not null and state = 'visible');
  return null;
end
$$;

create trigger posts_shown after update of state on posts
  for each row when (old.state <> new.state) execute function note_shown();

-- As in 0017_film_lists.sql, without the threads that are emptied.
create or replace function judge_films(linked bigint[]) returns void language plpgsql as $$
begin
  perform from films where id = any (linked) order by id for no key update;
  delete from film_activity where film_id = any (linked);
  insert into film_activity (film_id, hour)
  select tf.film_id, max(activity_hour(t.active_at)) from thread_films tf join threads t on t.id = tf.thread_id
  where tf.film_id = any (linked) and t.post_count > 0 and not t.emptied group by tf.film_id;
  update films f set discussed = not discussed
  where id = any (linked) and discussed <> exists (select from film_activity where film_id = f.id);
end
$$;

create or replace function note_linked_films() returns trigger language plpgsql as $$
begin
  perform note_discussed(array_agg(c.film_id), activity_hour(t.active_at))
  from changed c join threads t on t.id = c.thread_id where t.post_count > 0 and not t.emptied
  group by t.id order by t.id;
  return null;
end
$$;

-- A thread that is filled again must not wait for an import or an edit, see note_discussed.
create function note_emptied() returns trigger language plpgsql as $$
declare
  linked bigint[] := array(select film_id from thread_films where thread_id = new.id);
begin
  update thread_words set shown = not new.emptied where thread_id = new.id;
  if new.emptied then
    perform judge_films(linked);
  else
    perform note_discussed(linked, activity_hour(new.active_at));
  end if;
  return null;
end
$$;

create trigger threads_emptied after update of emptied on threads
  for each row when (old.emptied <> new.emptied) execute function note_emptied();

select judge_films(array(select film_id from thread_films join threads on id = thread_id where emptied));
