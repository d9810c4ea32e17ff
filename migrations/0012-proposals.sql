-- 電子提案. A draft 草案 that collects proposers is a row of `initiative` under a number of its own, D00001 on. What is
-- signed under a number follows from the number alone: a proposal under D…, a joint signature under any other.

alter table entry drop constraint entry_initiative_form;
alter table entry add constraint entry_initiative_form check (initiative ~ '^([0-9]{4,6}|D[0-9]{5})$');
alter table initiative drop constraint initiative_number_form;
alter table initiative add constraint initiative_number_form check (number ~ '^([0-9]{4,6}|D[0-9]{5})$');

alter table joint_signature add constraint joint_signature_act_of_number
  check ((act = 'proposal-signature') = (initiative like 'D%'));
alter table held_signature add constraint held_signature_act_of_number
  check ((act = 'proposal-signature') = (initiative like 'D%'));

-- The text is frozen while it collects: a changed text is a new draft.
alter table initiative_version add constraint initiative_version_of_draft_frozen
  check (initiative not like 'D%' or version = 1);

-- What must be compared when a proposal is signed and filed; everything else about a draft is in its entries.
create table proposal_draft (
  number          text    primary key references initiative (number),
  -- The lead proposer's pseudonym as the sealer gives it at sign-in (a keyed hash; no process with this database has
  -- the key). Null where the lead proposer did not sign in with a card: then only paper can show them a proposer.
  lead_person     bytea,
  -- Whether the lead proposer is among the electronic proposers. Which signature it was is not kept.
  has_lead_signed boolean not null default false,
  constraint proposal_draft_number check (number like 'D%'),
  constraint proposal_draft_person_length check (octet_length(lead_person) = 32)
);
create trigger proposal_draft_keeps before update on proposal_draft for each row
  when (new.number <> old.number or new.lead_person is distinct from old.lead_person
    or (old.has_lead_signed and not new.has_lead_signed))
  execute function refuse_change();
create trigger proposal_draft_is_kept before delete on proposal_draft
  for each row execute function refuse_change();

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant select on proposal_draft to lianshu_intake;
    grant update (has_lead_signed) on proposal_draft to lianshu_intake;
  end if;
end $$;
