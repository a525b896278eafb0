-- What was carried out of the remedies that settlements ordered, and what became of a referral whose result the
-- Front petitioned the superior against.

alter table cases
    add column money_recovered_done bigint, add column land_recovered_done bigint,
    add column money_returned_done bigint, add column land_returned_done bigint,
    add column officials_disciplined_done integer;
alter table referrals
    add column petitioned_on date, add column superior_decided_on date,
    add column superior_answered_on date;

create or replace view current_cases as select distinct on (record_id, extract_date) c.* from cases c
    join batches b using (batch_id) where b.withdrawn_at is null
    order by record_id, extract_date, batch_id desc;
create or replace view current_referrals as
    select distinct on (record_id, extract_date) c.* from referrals c
    join batches b using (batch_id) where b.withdrawn_at is null
    order by record_id, extract_date, batch_id desc;
