-- A forum of 200,000 threads and about a million posts on the films that are there, the same in each run. Lines of talk
-- are in bench_lines. The indexes of words are made afterwards, as that takes a tenth of the time.

set statement_timeout = '600s';

select setseed(0.42);
drop index post_words_search, first_post_words_search, thread_words_search;

insert into users (name, name_key) select 'talker_' || n, 'talker_' || n from generate_series(1, 5000) n;

create temp table lines as select line, row_number() over (order by md5(line)) as place from bench_lines;
create temp table told_films as
  select f.id, f.title, f.year, row_number() over (order by md5(f.id::text)) as place,
         coalesce((select p.name from film_people fp join people p on p.id = fp.person_id
                   where fp.film_id = f.id and fp.job = 'Director' order by fp.position limit 1), f.title) as director
  from films f;
create temp table plans as
  select n, 1 + floor(power(random(), 3) * (select count(*) from told_films))::bigint as film_place,
         1 + floor(-ln(1 - random()) * 4.5)::integer as posts, 1 + floor(random() * 5000)::bigint as talker,
         1 + floor(random() * (select count(*) from lines))::bigint as line_place, random() < 0.7 as linked
  from generate_series(1, 200000) n;
analyze lines; analyze told_films; analyze plans;

insert into threads (kind, title, slug, author_id, post_count, last_seq, created_at, last_post_at)
select 'discussion',
       left(case n % 8 when 0 then f.title when 1 then 'What did you think of ' || f.title || '?'
                       when 2 then f.title || ' (' || coalesce(f.year, 1950) || '): the ending'
                       when 3 then 'Films like ' || f.title when 4 then 'Best scene in ' || f.title
                       when 5 then f.director || ', where to begin?' when 6 then left(l.line, 60)
                       else 'Does anybody know this film: ' || left(l.line, 60) end, 200),
       'thread-' || n, u.id, plans.posts, plans.posts, now() - n * interval '3 minutes',
       now() - n * interval '3 minutes' + plans.posts * interval '1 minute'
from plans join told_films f on f.place = plans.film_place join lines l on l.place = plans.line_place
join users u on u.name_key = 'talker_' || plans.talker
order by n desc;

insert into thread_films (thread_id, film_id, position)
select t.id, f.id, 1 from threads t
join plans on t.slug = 'thread-' || plans.n join told_films f on f.place = plans.film_place
where plans.linked and plans.n % 8 in (1, 2, 4);

insert into thread_words select id, to_tsvector('english', title) from threads where slug like 'thread-%';

insert into posts (thread_id, number, author_id, body, html, html_version, created_at)
select t.id, number, 1 + (hashint8(t.id * 31 + number) & 2147483647) % (select max(id) from users), l.line,
       '<p>' || replace(replace(l.line, '&', '&amp;'), '<', '&lt;') || '</p>', 1,
       t.created_at + number * interval '1 minute'
from threads t cross join lateral generate_series(1, t.post_count) number
join lines l on l.place = 1 + (hashint8(t.id * 1000003 + number) & 2147483647) % (select count(*) from lines)
where t.slug like 'thread-%';

insert into post_words select id, thread_id, number, to_tsvector('english', body) from posts on conflict do nothing;

insert into ratings (film_id, member_id, score)
select f.id, u.id, 1 + (hashint8(f.id * 7919 + u.id) & 2147483647) % 10
from (select id, place from told_films where place <= 2000) f
join users u on (hashint8(f.id * 104729 + u.id) & 2147483647) % 100 = 0;

create index post_words_search on post_words using gin (words) with (gin_pending_list_limit = 256);
create index first_post_words_search on post_words using gin (words) where number = 1;
create index thread_words_search on thread_words using gin (words);
