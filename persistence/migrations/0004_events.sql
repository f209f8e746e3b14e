-- The log of what happened on durable channels, written in the transaction of the change (transactional outbox),
-- and the keys that make a repeated request harmless.
-- An event has no payload on purpose: a replay joins the present state, so it can never bring removed text back.
-- post_id is no foreign key: it is written beside its post, by the thousand, and never changes.

create table events (
  channel_kind smallint not null check (channel_kind in (1, 2)),
  channel_id bigint not null,
  seq bigint not null check (seq > 0),
  kind smallint not null,
  post_id bigint,
  at timestamptz(3) not null,
  primary key (channel_kind, channel_id, seq)
);

create table idempotency_keys (
  user_id bigint not null references users (id) on delete cascade,
  key text not null check (octet_length(key) between 8 and 128),
  fingerprint bytea not null,
  post_id bigint not null,
  seq bigint not null,
  created_at timestamptz(3) not null default now(),
  primary key (user_id, key)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);
