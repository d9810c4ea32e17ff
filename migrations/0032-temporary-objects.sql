-- Where a search path does not name pg_temp, PostgreSQL looks for tables and types there first, before pg_catalog. A
-- process could make a type pg_temp.text whose check runs a function of its own, and have a function of the owner run
-- it with the owner's rights. So every function of this schema looks in pg_temp last.
do $$
declare
  f record;
begin
  for f in
    select p.oid::regprocedure as name, p.prokind,
      coalesce((select substr(c, length('search_path=') + 1) from unnest(p.proconfig) c where c like 'search\_path=%'),
        'pg_catalog, public') as path
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('alter routine %s set search_path = %s, pg_temp', f.name, f.path);
  end loop;
end $$;

-- Nobody needs temporary objects here. Only the owner of the database may say so; the path above stands without it.
do $$
begin
  if pg_has_role((select datdba from pg_database where datname = current_database()), 'member') then
    execute format('revoke temporary on database %I from public', current_database());
  end if;
end $$;
