-- Reactions of members to posts, and on each post the count of its likes, so that a page of posts reads no second table.
-- Triggers keep the counts: the rows of a member who is deleted go by cascade, and no statement of ours is there to count.

create table post_reactions (
  post_id bigint not null references posts (id) on delete cascade,
  member_id bigint not null references users (id) on delete cascade,
  name text not null check (name in ('like')),
  created_at timestamptz(3) not null default now(),
  primary key (post_id, member_id, name)
);

create index post_reactions_of_member on post_reactions (member_id, post_id);

alter table posts add column like_count integer not null default 0 check (like_count >= 0);

-- Once per statement, whatever the number of rows.
create function count_likes() returns trigger language plpgsql as $$
begin
  update posts set like_count = like_count + case tg_op when 'INSERT' then c.likes else -c.likes end
  from (select post_id, count(*) as likes from changed where name = 'like' group by post_id) c
  where posts.id = c.post_id;
  return null;
end
$$;

create trigger reactions_given after insert on post_reactions
  referencing new table as changed for each statement execute function count_likes();
create trigger reactions_withdrawn after delete on post_reactions
  referencing old table as changed for each statement execute function count_likes();
