-- A post refers to its thread and its author without foreign keys: these were checked once per post by a query of their
-- own, which also locked the author's row, and cost a seventh of what PostgreSQL spends on a post. The writer's statement
-- reads both rows anyway, the thread's under its lock; what is left to guard is that neither is taken away under its
-- posts. Nothing in Foyer deletes a thread or a member who wrote; these triggers stop a hand at the database.

alter table posts drop constraint posts_thread_id_fkey, drop constraint posts_author_id_fkey;
alter table threads drop constraint threads_last_post_author_id_fkey;
alter table idempotency_keys drop constraint idempotency_keys_user_id_fkey;

create function keep_threads_with_posts() returns trigger language plpgsql as $$
begin
  if exists (select from posts where thread_id = old.id) then
    raise foreign_key_violation using message = format('thread %s has posts', old.id);
  end if;
  return old;
end
$$;

create function keep_members_with_posts() returns trigger language plpgsql as $$
begin
  if exists (select from posts where author_id = old.id) then
    raise foreign_key_violation using message = format('member %s has posts', old.id);
  end if;
  delete from idempotency_keys where user_id = old.id;
  return old;
end
$$;

create trigger threads_with_posts_stay before delete on threads
  for each row execute function keep_threads_with_posts();
create trigger members_with_posts_stay before delete on users
  for each row execute function keep_members_with_posts();
