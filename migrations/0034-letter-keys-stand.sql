-- Two officers sign, in the order to check, to which key the letter about deleted proposers is sealed. So a key that was
-- given stands: a later one is a row beside it, and no surface can put another in its place.
alter table letter_key drop constraint letter_key_pkey;
alter table letter_key add primary key (initiative, given_at);
create trigger letter_key_is_kept before update on letter_key
  for each row execute function refuse_change();
do $$
declare
  surface text;
begin
  foreach surface in array array['lianshu_office', 'lianshu_workspace'] loop
    if exists (select from pg_roles where rolname = surface) then
      execute format('revoke update on letter_key from %I', surface);
    end if;
  end loop;
end $$;
