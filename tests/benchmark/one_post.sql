-- One durable transaction for each post, as a forum without a batching writer does it. pgbench draws the thread.
\set thread random(:first, :last)
begin;
update threads set last_seq = last_seq + 1, post_count = post_count + 1, last_post_at = now(),
  last_post_author_id = :author where id = :thread returning last_seq as seq, post_count as number \gset
insert into posts (thread_id, number, author_id, body, html, html_version, created_at)
  values (:thread, :number, :author, repeat('x', 100), repeat('x', 100), 1, now()) returning id as post \gset
insert into events (channel_kind, channel_id, seq, kind, post_id, at) values (1, :thread, :seq, 1, :post, now());
insert into idempotency_keys (user_id, key, fingerprint, post_id, seq)
  values (:author, 'pgbench-' || :post::text, '\x00', :post, :seq);
commit;
