-- That a draft's lead proposer is among its proposers was one column, set in the transaction of one signature: who read
-- xmin or watched it change knew which signature was that of the one person whom a draft names. Now every signature of
-- a proposal carries a mark of 32 bytes. The lead proposer's follows from the draft's key, which the sealer alone has;
-- all others are random, and without that key nobody tells which is which.

alter table joint_signature add column lead_mark bytea;
alter table joint_signature add constraint joint_signature_lead_mark
  check (lead_mark is null or act = 'proposal-signature' and octet_length(lead_mark) = 32);

-- Whether a mark that the sealer gave is among the counted signatures; which one is not said.
create function lead_is_among(p_draft text, p_mark bytea) returns boolean
  language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select from public.joint_signature s
    where s.initiative = p_draft and s.lead_mark = p_mark and s.voided_at is null)
$$;
revoke all on function lead_is_among(text, bytea) from public;

-- `has_lead_signed` speaks of drafts that were signed before; nothing sets it any more.
drop function mark_lead_signed(text);

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant insert (lead_mark) on joint_signature to lianshu_intake;
  end if;
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_workspace') then
    grant execute on function lead_is_among(text, bytea) to lianshu_workspace;
  end if;
end $$;
