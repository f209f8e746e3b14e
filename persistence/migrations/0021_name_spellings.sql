-- Names from other alphabets are written in ours in many ways: Aleksey, Alexei and Aleksej are one name. Beside its words
-- a person has each of them in one spelling for all these ways, marked by a 0, with which no word of a name begins; what
-- is typed is spelled so too.

create function spelled_alike(word text) returns text language sql immutable parallel safe as $$
  select regexp_replace(
    regexp_replace(
      regexp_replace(
        translate(
          regexp_replace(
            replace(replace(replace(replace(replace(word, 'tch', 'ch'), 'kh', 'h'), 'ph', 'f'), 'ck', 'k'), 'x', 'ks'),
            '([aou])e', '\1', 'g'),
          'yjw', 'iiv'),
        '(.)\1+', '\1', 'g'),
      '^ie', 'e'),
    '([dt])er$', '\1r')
$$;

create function spelled_query(typed text) returns tsquery language sql immutable parallel safe as $$
  select coalesce(string_agg('''0' || spelled_alike(word) || '''', ' & ')::tsquery, '')
  from unnest(tsvector_to_array(to_tsvector('simple', typed))) word
$$;

create or replace function find_person_words() returns trigger language plpgsql as $$
begin
  new.words := to_tsvector('simple', new.name_key || ' ' || unaccent(lower(array_to_string(new.variants, ' '))));
  new.words := new.words || array_to_tsvector(array(
    select distinct '0' || spelled_alike(word) from unnest(tsvector_to_array(new.words)) word));
  return new;
end
$$;

update people set name_key = name_key;
