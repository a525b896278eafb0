-- When releases are announced to come out, and who may see them before: public, and never rewritten.
-- What is announced of a release is its newest row.
--
-- portal_publisher inserts and reads, portal_reader reads; neither may change or delete.

do $$ begin
    if exists (select from releases where manifest->'sign_off' is null) then
        raise exception 'releases in this database were built by an older version of the portal'
            using hint = 'build them again and publish them into an empty database';
    end if;
end $$;

create table announcements (
    announcement_id bigint generated always as identity primary key,
    release_id      text collate "C" not null
                    check (release_id ~ '^[0-9]{4}-Q[1-4]\.[1-9][0-9]{0,4}$'),
    step            text collate "C" not null
                    check (step in ('provisional', 'confirmed', 'moved', 'cancelled')),
    minute          timestamptz not null,
    reason_vi       text check (btrim(reason_vi) <> ''),
    reason_en       text check (btrim(reason_en) <> ''),
    announced_at    timestamptz not null default now(),
    check ((reason_vi is null) = (reason_en is null)),
    -- Who moves or cancels a release says why.
    check ((step in ('moved', 'cancelled')) = (reason_vi is not null))
);
create index on announcements (release_id);

create table early_access (
    early_access_id bigint generated always as identity primary key,
    who_vi          text    not null check (btrim(who_vi) <> ''),      -- an office, not a person
    who_en          text    not null check (btrim(who_en) <> ''),
    purpose_vi      text    not null check (btrim(purpose_vi) <> ''),
    purpose_en      text    not null check (btrim(purpose_en) <> ''),
    hours           integer not null check (hours between 0 and 168),  -- before the minute; 0 ends it
    announced_at    timestamptz not null default now()
);

alter table announcements enable row level security;
create policy visible on announcements for select to portal_reader using (true);
create policy publish on announcements to portal_publisher using (true) with check (true);
alter table early_access enable row level security;
create policy visible on early_access for select to portal_reader using (true);
create policy publish on early_access to portal_publisher using (true) with check (true);

grant select on announcements, early_access to portal_reader;
grant select, insert on announcements, early_access to portal_publisher;
