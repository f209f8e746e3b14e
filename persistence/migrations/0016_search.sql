-- What is searched: the words of films, people, threads and posts.

-- Titles and names are looked for by whole words and their beginnings; search_key is folded already.
alter table films add column words tsvector not null generated always as (to_tsvector('simple', search_key)) stored;
create index films_by_title_words on films using gin (words);

-- unaccent is a trusted extension, like pg_trgm; it is not immutable, hence the trigger. name_key is folded already.
create extension if not exists unaccent;
alter table people add column words tsvector not null default '';

create function find_person_words() returns trigger language plpgsql as $$
begin
  new.words := to_tsvector('simple', new.name_key || ' ' || unaccent(lower(array_to_string(new.variants, ' '))));
  return new;
end
$$;

create trigger people_words before insert or update of name_key, variants on people
  for each row execute function find_person_words();
update people set name_key = name_key;
create index people_by_name_words on people using gin (words);

-- The words that stand in titles and names: what is typed otherwise is compared with these few, by their trigrams, and
-- not with every title. A word stays when the last title with it goes: then it finds nothing.
create table search_words (word text primary key);
create index search_words_by_trigrams on search_words using gin (word gin_trgm_ops);

-- In order against deadlocks of two imports.
create function learn_words() returns trigger language plpgsql as $$
begin
  insert into search_words
  select distinct word from changed, unnest(tsvector_to_array(words)) word
  where char_length(word) between 3 and 40 and word !~ '[0-9]' order by word
  on conflict do nothing;
  return null;
end
$$;

create trigger films_made_words after insert on films
  referencing new table as changed for each statement execute function learn_words();
create trigger films_changed_words after update on films
  referencing new table as changed for each statement execute function learn_words();
create trigger people_made_words after insert on people
  referencing new table as changed for each statement execute function learn_words();
create trigger people_changed_words after update on people
  referencing new table as changed for each statement execute function learn_words();

insert into search_words
select distinct word from (select words from films union all select words from people) known,
  unnest(tsvector_to_array(words)) word
where char_length(word) between 3 and 40 and word !~ '[0-9]';

-- Beside the posts: each like and each edit rewrites a post's row. Written in the transaction of the post, without
-- references, as posts are not deleted. The text is what server/forum/markdown_snippet.cpp leaves of it, so that no word
-- of a spoiler is found; whether the post may be seen is asked of the post itself. The list of what is not yet sorted
-- into the index is short, so that nobody who posts has to sort in much.
create table post_words (
  post_id bigint primary key,
  thread_id bigint not null,
  number bigint not null,
  words tsvector not null
);
create index post_words_search on post_words using gin (words) with (gin_pending_list_limit = 256);
create index first_post_words_search on post_words using gin (words) where number = 1;
create index first_post_words_newest on post_words (post_id) where number = 1;

-- Of what was written before, whatever holds a spoiler is found again only when it is edited.
insert into post_words
select id, thread_id, number,
       case when html ~ '<details' then ''::tsvector else to_tsvector('english', regexp_replace(html, '<[^>]*>', ' ', 'g')) end
from posts where number is not null;

drop index first_posts_search;

-- Threads that may have to do with a film that nobody linked one to, as they were last found: server/forum/related.hpp.
create table related_threads (
  film_id bigint primary key references films (id) on delete cascade,
  found_at timestamptz(3) not null,
  thread_ids bigint[] not null,
  reasons text[] not null
);
