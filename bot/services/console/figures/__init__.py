"""The figures of a period at the console: counted, put into tables and charts, as a workbook and as a report."""
