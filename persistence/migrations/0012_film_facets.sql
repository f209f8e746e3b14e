-- What films can be narrowed by, with how many there are of each: counted after an import or an edit, as counting them
-- anew for each reader would read the whole catalogue.

create index films_by_country on films using gin (countries);
create index films_by_language on films using gin (languages);

create table film_facets (
  kind text not null check (kind in ('decade', 'genre', 'country', 'language')),
  value text not null,
  films bigint not null,
  primary key (kind, value)
);

create function count_film_facets() returns bigint language sql as $$
  delete from film_facets;
  insert into film_facets
    select 'decade', (sort_year / 10 * 10)::text, count(*) from films where year is not null group by sort_year / 10
    union all select 'genre', value, count(*) from films, unnest(genres) value group by value
    union all select 'country', value, count(*) from films, unnest(countries) value group by value
    union all select 'language', value, count(*) from films, unnest(languages) value group by value;
  select count(*) from film_facets;
$$;

select count_film_facets();
