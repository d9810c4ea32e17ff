-- 訂閱: nobody fills another's mailbox with questions, nor ends a link that its owner has not opened yet.

-- One mailbox answers to many spellings (name+tag@, dots): limits count the mailbox beside the address, both under a
-- hash that changes with the day.
alter table subscription_request add column mailbox bytea;
update subscription_request set mailbox = address;
alter table subscription_request alter column mailbox set not null;
alter table subscription_request
  add constraint subscription_request_mailbox_length check (octet_length(mailbox) = 32);
create index subscription_request_of_mailbox on subscription_request (mailbox, asked_at);
create index subscription_request_by_time on subscription_request (asked_at);

drop function follow_ask(text, text, bytea, bytea, bytea, text, bytea, bytea, timestamptz);
create function follow_ask(p_id text, p_initiative text, p_person bytea, p_address bytea, p_mailbox bytea,
    p_sealed bytea, p_language text, p_confirm bytea, p_stop bytea, p_now timestamptz)
  returns text
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  c_most_of_address constant integer := 6;       -- in 24 hours
  c_most_of_mailbox constant integer := 8;       -- in 24 hours; some hosts give two dotted spellings to two people
  c_most_an_hour    constant integer := 3000;    -- from everybody
  c_most_waiting    constant integer := 5000;
  v_now   constant timestamptz := least(p_now, now());
  v_row   public.subscription;
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(p_mailbox, 'hex'), 0));
  if (select count(*) from public.subscription_mail where about in ('confirm', 'already')) >= c_most_waiting
    or (select count(*) from public.subscription_request where asked_at > v_now - interval '1 hour') >= c_most_an_hour
  then
    return 'full';
  end if;
  if (select count(*) from public.subscription_request
      where address = p_address and asked_at > v_now - interval '24 hours') >= c_most_of_address
    or (select count(*) from public.subscription_request
      where mailbox = p_mailbox and asked_at > v_now - interval '24 hours') >= c_most_of_mailbox
  then
    return 'often';
  end if;
  insert into public.subscription_request (address, mailbox, asked_at) values (p_address, p_mailbox, p_now);
  select * into v_row from public.subscription where initiative = p_initiative and person = p_person;
  if v_row.confirmed_at is not null then
    insert into public.subscription_mail (subscription, about, due_at, asked_at)
      values (v_row.id, 'already', p_now, p_now) on conflict do nothing;
    return 'asked';
  end if;
  -- Asked again before confirming: the same link is sent once more and lives on. Whoever asked, it opens for its owner.
  if v_row.asked_at > v_now - interval '24 hours' then
    update public.subscription set asked_at = greatest(asked_at, p_now) where id = v_row.id;
    insert into public.subscription_mail (subscription, about, due_at, asked_at)
      values (v_row.id, 'confirm', p_now, p_now) on conflict do nothing;
    return 'asked';
  end if;
  delete from public.subscription where id = v_row.id;
  insert into public.subscription (id, initiative, person, sealed, language, confirm_sha256, stop_sha256, asked_at)
    values (p_id, p_initiative, p_person, p_sealed, p_language, p_confirm, p_stop, p_now);
  insert into public.subscription_mail (subscription, about, due_at, asked_at) values (p_id, 'confirm', p_now, p_now);
  return 'asked';
end $$;
revoke all on function follow_ask(text, text, bytea, bytea, bytea, bytea, text, bytea, bytea, timestamptz) from public;

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant execute on function
      follow_ask(text, text, bytea, bytea, bytea, bytea, text, bytea, bytea, timestamptz) to lianshu_intake;
  end if;
end $$;
