using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sonde.Dashboard.Access;

/// <summary>Lets a request pass only if it reads, names this server, comes from its own pages, and holds the token.</summary>
/// <remarks>The token is a query value of the first page alone, which hands it on as a cookie. A page of another site can make a browser send requests here, so
/// every request needs both the token and a Host and an Origin of this server.</remarks>
internal sealed class Gate
{
    private const string TokenKey = "token";
    private const int TokenBytes = 24;

    private static readonly string[] LoopbackNames = ["127.0.0.1", "localhost"];

    private readonly byte[] token;
    private readonly string[] hosts, origins;

    /// <summary>Makes a new token.</summary>
    /// <param name="port">The server's port.</param>
    public Gate(int port)
    {
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        token = Encoding.ASCII.GetBytes(Token);
        CookieName = string.Create(CultureInfo.InvariantCulture, $"sonde-{port}");
        hosts = [.. LoopbackNames.Select(host => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"))];
        origins = [.. hosts.Select(host => $"http://{host}")];
    }

    /// <summary>The secret that the printed address holds.</summary>
    public string Token { get; }

    /// <summary>The cookie's name. Cookies do not know ports, so each server has a name of its own.</summary>
    public string CookieName { get; }

    /// <summary>Returns why a request must not pass, and its status code; null if it may.</summary>
    public (int Status, string Reason)? FindRefusal(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return (StatusCodes.Status405MethodNotAllowed, "This server only reads. Use GET or HEAD.");
        if (!hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase))
            return (StatusCodes.Status403Forbidden, $"This server is called {hosts[0]}. Open the address that 'sonde watch' printed.");
        var isFirstPage = request.Path == "/" && request.Query.ContainsKey(TokenKey);
        if (request.Headers.Origin is { Count: > 0 } origin && !origins.Contains(origin.ToString(), StringComparer.OrdinalIgnoreCase))
            return (StatusCodes.Status403Forbidden, "Pages of other sites cannot read this server.");
        if (!isFirstPage && request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return (StatusCodes.Status403Forbidden, "Pages of other sites cannot read this server.");
        var given = isFirstPage ? request.Query[TokenKey].ToString() : request.Cookies[CookieName] ?? "";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), token) ? null
            : (StatusCodes.Status401Unauthorized, "The token is missing or old. Open the address that 'sonde watch' printed last; it ends in the token.");
    }

    /// <summary>Adds what every answer has: it may load nothing from elsewhere, run no script inside the page, be framed by nobody, and stay in no
    /// cache.</summary>
    public static void AddHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <summary>Gives the token to the browser that showed it in the address.</summary>
    public void AddCookie(HttpContext context)
    {
        if (context.Request.Query.ContainsKey(TokenKey))
            context.Response.Cookies.Append(CookieName, Token, new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
    }
}
