-- Exports as Excel workbook, as CSV the way a German Excel opens it, and as vCard 3.0.

alter table exports
  drop constraint exports_format_check,
  add constraint exports_format_check
    check (format in ('xlsx', 'excel_de', 'csv', 'json', 'vcf', 'vcf3'));
