-- 領銜人姓名: the name that becomes public is the one on the card that signed in. The name itself is kept nowhere: what a
-- session holds is a keyed hash that only the sealer can compare with a typed name. It is forgotten with the session.
alter table account_session add column name_proof bytea;
alter table account_session add constraint account_session_name_proof_length check (octet_length(name_proof) = 32);
alter table account_session add constraint account_session_forgets_name check (ended_at is null or name_proof is null);

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_workspace') then
    grant update (name_proof) on account_session to lianshu_workspace;
  end if;
end $$;
