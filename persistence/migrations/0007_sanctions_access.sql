-- Sanctions, and the trail of whatever ends or changes somebody's access.
-- A member has at most one sanction of a kind; what was decided when, and by whom, is in the moderation log.

create table sanctions (
  user_id bigint not null references users (id) on delete cascade,
  kind text not null check (kind in ('silence', 'ban')),
  until timestamptz(3),
  reason text not null check (reason <> ''),
  moderator_id bigint not null references users (id),
  created_at timestamptz(3) not null default now(),
  primary key (user_id, kind)
);

create index sanctions_by_end on sanctions (until) where until is not null;

alter table moderation_log add column user_id bigint;

-- Nodes read this trail a few times a second and look up again who is named in it, so that an open socket loses its
-- rights on every node. Triggers write it, so that no route, no command and no hand at the database can forget it.
-- user_id null means everybody. Ids and times are given out at insert and become visible at commit, so a reader that
-- goes on from the last one it saw loses what a longer transaction wrote; it asks for what its former snapshot did not see,
-- see persistence/access_changes.hpp.

create table access_changes (
  id bigint generated always as identity primary key,
  user_id bigint,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz(3) not null default now()
);

create index access_changes_by_xid on access_changes (xid);
create index access_changes_by_age on access_changes (at);

-- Once per statement, whatever the number of rows.
create function note_access_changes() returns trigger language plpgsql as $$
begin
  insert into access_changes (user_id) select distinct user_id from changed;
  return null;
end
$$;

create function note_access_change_of_all() returns trigger language plpgsql as $$
begin
  insert into access_changes (user_id) values (null);
  return null;
end
$$;

create function note_role_change() returns trigger language plpgsql as $$
begin
  insert into access_changes (user_id) values (new.id);
  return null;
end
$$;

create trigger sessions_ended after delete on sessions
  referencing old table as changed for each statement execute function note_access_changes();
create trigger sessions_emptied after truncate on sessions
  for each statement execute function note_access_change_of_all();

create trigger tokens_ended after delete on tokens
  referencing old table as changed for each statement execute function note_access_changes();
create trigger tokens_changed after update on tokens
  referencing new table as changed for each statement execute function note_access_changes();
create trigger tokens_emptied after truncate on tokens
  for each statement execute function note_access_change_of_all();

create trigger sanctions_made after insert on sanctions
  referencing new table as changed for each statement execute function note_access_changes();
create trigger sanctions_changed after update on sanctions
  referencing new table as changed for each statement execute function note_access_changes();
create trigger sanctions_ended after delete on sanctions
  referencing old table as changed for each statement execute function note_access_changes();
create trigger sanctions_emptied after truncate on sanctions
  for each statement execute function note_access_change_of_all();

create trigger roles_changed after update of role on users
  for each row when (old.role is distinct from new.role) execute function note_role_change();
