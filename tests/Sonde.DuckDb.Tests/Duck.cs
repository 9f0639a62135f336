using DuckDB.NET.Data;

namespace Sonde.DuckDb.Tests;

/// <summary>Asks DuckDB, which knows nothing of Sonde.</summary>
internal static class Duck
{
    /// <summary>All rows of a query, each a list of values; null if SQL says NULL.</summary>
    public static IReadOnlyList<object?[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    /// <summary>Column names and types as DuckDB sees them.</summary>
    public static string Columns(string path) =>
        string.Join(", ", Query($"describe select * from read_parquet('{path}')").Select(row => $"{row[0]} {row[1]}"));
}
