-- What somebody corrected here, an import must not undo. Every change of a film's facts that no import makes is noted by
-- the name of its field, whoever makes it: a page, the command line or a hand at the database. Imports say that they are
-- one by setting foyer.importing for their transaction.

alter table films add column edited_fields text[] not null default '{}';

create function note_film_edit() returns trigger language plpgsql as $$
begin
  new.edited_fields := array(
    select distinct field from unnest(new.edited_fields || array_remove(array[
      case when new.title is distinct from old.title then 'title' end,
      case when new.original_title is distinct from old.original_title then 'original_title' end,
      case when new.alternative_titles is distinct from old.alternative_titles then 'alternative_titles' end,
      case when (new.year, new.release_date) is distinct from (old.year, old.release_date) then 'release_date' end,
      case when new.runtime_minutes is distinct from old.runtime_minutes then 'runtime_minutes' end,
      case when (new.synopsis, new.synopsis_source, new.synopsis_url) is distinct from
                (old.synopsis, old.synopsis_source, old.synopsis_url) then 'synopsis' end,
      case when new.genres is distinct from old.genres then 'genres' end,
      case when new.countries is distinct from old.countries then 'countries' end,
      case when new.languages is distinct from old.languages then 'languages' end], null)) as field
    order by field);
  return new;
end
$$;

create trigger film_edits before update of
  title, original_title, alternative_titles, year, release_date, runtime_minutes, synopsis, synopsis_source,
  synopsis_url, genres, countries, languages on films
  for each row when (current_setting('foyer.importing', true) is distinct from 'on')
  execute function note_film_edit();

-- The department is the field: cast or crew.
create function note_credit_edit() returns trigger language plpgsql as $$
declare
  credit film_people := case when tg_op = 'DELETE' then old else new end;
begin
  update films set edited_fields = edited_fields || credit.department
  where id = credit.film_id and credit.department <> all (edited_fields);
  return null;
end
$$;

create trigger credit_edits after insert or update or delete on film_people
  for each row when (current_setting('foyer.importing', true) is distinct from 'on')
  execute function note_credit_edit();
