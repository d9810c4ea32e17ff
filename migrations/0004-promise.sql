-- The promise given with a signature, so that a retry is answered with the same one. Null for rows that were
-- settled from a held signature: theirs stays with the held row.
alter table joint_signature add column promise text;
alter table joint_signature add constraint joint_signature_promise_size check (octet_length(promise) <= 2048);
alter table held_signature add column promise text;
alter table held_signature add constraint held_signature_promise_size check (octet_length(promise) <= 2048);

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant insert (promise), select (promise) on joint_signature to lianshu_intake;
    grant insert (promise) on held_signature to lianshu_intake;
  end if;
end $$;
