-- How common a word is decides how it is looked for: the newest that hold a common one are met walking back, a rare one
-- is gathered from its index. With the usual statistics a word that one thread in 1,500 holds passed for rare, and
-- one that nobody had written for common.

alter table thread_words alter column words set statistics 300;
alter table post_words alter column words set statistics 300;
