-- What an accepted agreement settles, beside its wording: another wording alone outdates nothing.
alter table processing_agreements add column substance jsonb;
select keep_out_of_statistics('processing_agreements', 'substance');
