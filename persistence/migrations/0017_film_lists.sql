-- What makes lists of films cheap: whether a film is discussed stands beside its facets, and one index narrows by all of
-- them at once. The bitmap of a wide facet alone (two films of three are of the United States) cost more than the list.

alter table films add column discussed boolean not null default false;

drop index films_by_country, films_by_language, films_by_genre;
create index films_by_facet on films
  using gin ((array[sort_year / 10 * 10]), genres, countries, languages, (array[discussed]));

-- Of each film that is discussed the hour of its newest post: lists by activity find by it which films can be on a page,
-- and ask only those for the moment itself. With the moment here, each post would rewrite a row that others wait for.
create table film_activity (
  film_id bigint primary key references films (id) on delete cascade,
  hour bigint not null  -- hours since 1970
);

create index film_activity_newest on film_activity (hour desc, film_id desc);

create function activity_hour(moment timestamptz) returns bigint immutable language sql as $$
  select floor(extract(epoch from moment at time zone 'UTC') / 3600)::bigint
$$;

-- In order of the films against deadlocks. Each row is locked, also where it says as much already: a film that is
-- judged meanwhile waits.
create function note_film_activity(linked bigint[], at_hour bigint) returns void language sql as $$
  insert into film_activity (film_id, hour) select id, at_hour from unnest(linked) id group by id order by id
  on conflict (film_id) do update set hour = excluded.hour where film_activity.hour < excluded.hour
$$;

-- A film's row is locked before it is judged: whoever waited for it sees what the one before did.
create function judge_films(linked bigint[]) returns void language plpgsql as $$
begin
  perform from films where id = any (linked) order by id for no key update;
  delete from film_activity where film_id = any (linked);
  insert into film_activity (film_id, hour)
  select tf.film_id, max(activity_hour(t.active_at)) from thread_films tf join threads t on t.id = tf.thread_id
  where tf.film_id = any (linked) and t.post_count > 0 group by tf.film_id;
  update films f set discussed = not discussed
  where id = any (linked) and discussed <> exists (select from film_activity where film_id = f.id);
end
$$;

-- The film's own row is left alone once it says that it is discussed: posts must not wait for an import or an edit.
create function note_discussed(linked bigint[], at_hour bigint) returns void language plpgsql as $$
begin
  perform note_film_activity(linked, at_hour);
  update films set discussed = true where id = any (linked) and not discussed;
end
$$;

create function judge_linked_films() returns trigger language plpgsql as $$
begin
  perform judge_films(array(select film_id from changed));
  return null;
end
$$;

-- Of a film with many threads only the new one is looked at.
create function note_linked_films() returns trigger language plpgsql as $$
begin
  perform note_discussed(array_agg(c.film_id), activity_hour(t.active_at))
  from changed c join threads t on t.id = c.thread_id where t.post_count > 0
  group by t.id order by t.id;
  return null;
end
$$;

create trigger films_linked after insert on thread_films
  referencing new table as changed for each statement execute function note_linked_films();
create trigger films_unlinked after delete on thread_films
  referencing old table as changed for each statement execute function judge_linked_films();

create function note_films_of_thread() returns trigger language plpgsql as $$
begin
  perform note_discussed(array(select film_id from thread_films where thread_id = new.id), activity_hour(new.active_at));
  return null;
end
$$;

-- Seldom: with the first post, and with one in another hour. The links are read by a statement of their own: whoever
-- changed them while the post waited for its thread has committed.
create trigger films_discussed after update of post_count, last_post_at on threads
  for each row when (new.post_count > 0 and (old.post_count = 0
                     or activity_hour(old.active_at) <> activity_hour(new.active_at)))
  execute function note_films_of_thread();

select judge_films(array(select film_id from thread_films));
