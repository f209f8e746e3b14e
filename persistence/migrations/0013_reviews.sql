-- A review is a thread of kind review, its first post the text. This says of which film it is, by whom, and whether
-- it tells what happens; its score is the member's rating of the film and stands in ratings alone, so that the two
-- cannot differ. A thread is a member's review of the film or it is not: the thread of a review that its author has
-- deleted loses its row when they write another one.

create table reviews (
  thread_id bigint primary key references threads (id) on delete cascade,
  film_id bigint not null references films (id),
  member_id bigint not null references users (id),
  contains_spoilers boolean not null default false,
  unique (film_id, member_id)
);

-- Threads are numbered as they are made: the newest first.
create index reviews_of_film on reviews (film_id, thread_id desc);
create index reviews_of_member on reviews (member_id, thread_id desc);
