-- Threads that look for a film: what the asker remembers, and which answer named it. And films that members propose
-- for any thread, until its author or a moderator decides. `solved` stands in the thread's row so that lists of what is
-- still looked for have an index of their own.

create table thread_clues (
  thread_id bigint primary key references threads (id) on delete cascade,
  decade smallint check (decade % 10 = 0),
  country text not null default '',
  colour text not null default 'unknown' check (colour in ('unknown', 'colour', 'black_and_white')),
  language text not null default '',
  scene text not null default ''
);

-- `made_link`: the thread was not linked to the film before, so whoever takes the solution back takes the link too.
create table thread_solutions (
  thread_id bigint primary key references threads (id) on delete cascade,
  film_id bigint not null references films (id),
  post_number bigint not null check (post_number > 1),
  made_link boolean not null,
  at timestamptz(3) not null default now()
);

create table film_proposals (
  thread_id bigint not null references threads (id) on delete cascade,
  film_id bigint not null references films (id),
  proposer_id bigint not null references users (id) on delete cascade,
  at timestamptz(3) not null default now(),
  primary key (thread_id, film_id)
);

create index film_proposals_of_member on film_proposals (proposer_id);

alter table threads add column solved boolean not null default false;

create index threads_unsolved on threads (active_at desc, id desc) where kind = 'identify' and not solved;
create index threads_solved on threads (active_at desc, id desc) where kind = 'identify' and solved;
