-- What a member has seen, and wants to see. One row per member and film, with at least one of the two.

create table film_marks (
  member_id bigint not null references users (id) on delete cascade,
  film_id bigint not null references films (id) on delete cascade,
  seen_at timestamptz(3),
  wanted_at timestamptz(3),
  primary key (member_id, film_id),
  check (seen_at is not null or wanted_at is not null)
);

create index film_marks_of_film on film_marks (film_id);
