-- 訂閱: who follows which case by mail. Personal data, kept apart from everything else: no table here names a signature,
-- and none of another module names these. A row goes when its person stops it, and when its case has ended.

create table subscription (
  id             text        primary key,        -- random
  initiative     text        not null,           -- no foreign key: a row lives as long as its person wants
  person         bytea       not null,           -- keyed hash of case and address: one row a person and case
  sealed         bytea       not null,           -- AES-256-GCM of address and stop token; the key is not in here
  language       text        not null,
  confirm_sha256 bytea       not null unique,    -- of the token in the confirmation mail
  stop_sha256    bytea       not null unique,    -- of the token in every mail
  asked_at       timestamptz not null,
  confirmed_at   timestamptz,
  constraint subscription_once unique (initiative, person),
  constraint subscription_person_length check (octet_length(person) = 32),
  constraint subscription_tokens check (octet_length(confirm_sha256) = 32 and octet_length(stop_sha256) = 32),
  constraint subscription_sealed_bounded check (octet_length(sealed) between 29 and 1024),
  constraint subscription_language check (language in ('zh-Hant-TW', 'en'))
);

-- How often an address asked today, under a hash that changes with the day. Says nothing of what it follows.
create table subscription_request (
  address  bytea       not null,
  asked_at timestamptz not null,
  constraint subscription_request_length check (octet_length(address) = 32)
);
create index subscription_request_of on subscription_request (address, asked_at);

-- What was told of a case: public facts, each once. Without rows a case has not been followed yet.
create table subscription_news (
  initiative text        not null,
  key        text        not null,
  zh         text        not null,
  en         text        not null,
  found_at   timestamptz not null,
  primary key (initiative, key)
);

-- Mails that wait. Composed when they are sent: nothing readable is stored.
create table subscription_mail (
  id           bigint      generated always as identity primary key,
  subscription text        not null references subscription (id) on delete cascade,
  about        text        not null,             -- `confirm`, `already`, or the key of the news
  attempts     integer     not null default 0,
  due_at       timestamptz not null,
  asked_at     timestamptz not null,
  constraint subscription_mail_once unique (subscription, about)
);
create index subscription_mail_due on subscription_mail (due_at);

-- What the public process may do, and nothing else: ask, confirm, stop. It can read no row and learns no address.
create function follow_ask(p_id text, p_initiative text, p_person bytea, p_address bytea, p_sealed bytea,
    p_language text, p_confirm bytea, p_stop bytea, p_now timestamptz, p_most_a_day integer, p_most_waiting integer)
  returns text
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  v_row public.subscription;
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(p_person, 'hex'), 0));
  if (select count(*) from public.subscription_mail where about in ('confirm', 'already')) >= p_most_waiting then
    return 'full';
  end if;
  if (select count(*) from public.subscription_request
      where address = p_address and asked_at > p_now - interval '24 hours') >= p_most_a_day then
    return 'often';
  end if;
  insert into public.subscription_request values (p_address, p_now);
  select * into v_row from public.subscription where initiative = p_initiative and person = p_person;
  if v_row.confirmed_at is not null then
    insert into public.subscription_mail (subscription, about, due_at, asked_at)
      values (v_row.id, 'already', p_now, p_now) on conflict do nothing;
    return 'asked';
  end if;
  -- Asked again before confirming: the older link ends.
  delete from public.subscription where id = v_row.id;
  insert into public.subscription (id, initiative, person, sealed, language, confirm_sha256, stop_sha256, asked_at)
    values (p_id, p_initiative, p_person, p_sealed, p_language, p_confirm, p_stop, p_now);
  insert into public.subscription_mail (subscription, about, due_at, asked_at) values (p_id, 'confirm', p_now, p_now);
  return 'asked';
end $$;

-- The case a link is about; null where the link is not, or no longer, good for anything.
create function follow_find(p_token bytea, p_asked_after timestamptz)
  returns table (initiative text, is_confirmed boolean)
  language sql stable security definer set search_path = pg_catalog
as $$
  select s.initiative, s.confirmed_at is not null from public.subscription s
  where s.stop_sha256 = p_token
     or (s.confirm_sha256 = p_token and (s.confirmed_at is not null or s.asked_at > p_asked_after))
$$;

create function follow_confirm(p_token bytea, p_now timestamptz, p_asked_after timestamptz)
  returns text
  language sql volatile security definer set search_path = pg_catalog
as $$
  update public.subscription set confirmed_at = coalesce(confirmed_at, p_now)
  where confirm_sha256 = p_token and (confirmed_at is not null or asked_at > p_asked_after)
  returning initiative
$$;

create function follow_stop(p_token bytea)
  returns text
  language sql volatile security definer set search_path = pg_catalog
as $$
  delete from public.subscription where stop_sha256 = p_token returning initiative
$$;

revoke all on function follow_ask(text, text, bytea, bytea, bytea, text, bytea, bytea, timestamptz, integer, integer),
  follow_find(bytea, timestamptz), follow_confirm(bytea, timestamptz, timestamptz), follow_stop(bytea) from public;

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant execute on function
      follow_ask(text, text, bytea, bytea, bytea, text, bytea, bytea, timestamptz, integer, integer),
      follow_find(bytea, timestamptz), follow_confirm(bytea, timestamptz, timestamptz), follow_stop(bytea)
      to lianshu_intake;
  end if;
end $$;
