-- One rating per member and film, from 1 to 10 half stars, and per film how many there are of each: average, count and
-- rank are generated from those, so that none of them can disagree. Triggers keep them: the ratings of a member who is
-- deleted go by cascade, and no statement of ours is there to count.

create table ratings (
  film_id bigint not null references films (id) on delete cascade,
  member_id bigint not null references users (id) on delete cascade,
  score smallint not null check (score between 1 and 10),
  rated_at timestamptz(3) not null default now(),
  primary key (film_id, member_id)
);

create index ratings_of_member on ratings (member_id, rated_at desc, film_id);

-- `rank` orders films: each begins as if five members had given it a 6, so that one 10 does not beat a hundred 9s.
create table film_ratings (
  film_id bigint primary key references films (id) on delete cascade,
  histogram bigint[] not null default '{0,0,0,0,0,0,0,0,0,0}'
    check (array_length(histogram, 1) = 10 and 0 <= all (histogram)),
  count bigint not null generated always as (
    histogram[1] + histogram[2] + histogram[3] + histogram[4] + histogram[5]
    + histogram[6] + histogram[7] + histogram[8] + histogram[9] + histogram[10]) stored,
  total bigint not null generated always as (
    histogram[1] + 2 * histogram[2] + 3 * histogram[3] + 4 * histogram[4] + 5 * histogram[5]
    + 6 * histogram[6] + 7 * histogram[7] + 8 * histogram[8] + 9 * histogram[9] + 10 * histogram[10]) stored,
  rank double precision not null generated always as (
    (30 + histogram[1] + 2 * histogram[2] + 3 * histogram[3] + 4 * histogram[4] + 5 * histogram[5]
     + 6 * histogram[6] + 7 * histogram[7] + 8 * histogram[8] + 9 * histogram[9] + 10 * histogram[10])
    / (5.0 + histogram[1] + histogram[2] + histogram[3] + histogram[4] + histogram[5]
       + histogram[6] + histogram[7] + histogram[8] + histogram[9] + histogram[10])) stored
);

create index film_ratings_by_rank on film_ratings (rank desc, film_id desc) where count > 0;

create function count_rating() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    update film_ratings set histogram[old.score] = histogram[old.score] - 1 where film_id = old.film_id;
  end if;
  if tg_op <> 'DELETE' then
    insert into film_ratings (film_id) values (new.film_id) on conflict do nothing;
    update film_ratings set histogram[new.score] = histogram[new.score] + 1 where film_id = new.film_id;
  end if;
  return null;
end
$$;

create trigger ratings_counted after insert or update of score or delete on ratings
  for each row execute function count_rating();
