using System.IO.Compression;
using System.Reflection;
using System.Reflection.Emit;
using System.Security.Cryptography;
using System.Text.Json;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Automation.Server.Tests.Security;

/// <summary>What hostile requests try, one test each, against the real server. Guessing, fixation and other sites' pages stand with sessions.</summary>
public sealed class AttacksTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    public static TheoryData<string> Injections => new()
    {
        "' OR '1'='1", "'; DROP TABLE contact; --", "\" OR \"\"=\"", "1; DELETE FROM fact", "') UNION SELECT kind, document FROM access --", "%' OR 1=1 --", "\\'; --",
        "admin'--", "0x27 OR 1=1", "'||(SELECT document FROM access LIMIT 1)||'", "$1; SELECT pg_sleep(9)", "*/ OR 1=1 /*",
    };

    [Theory]
    [MemberData(nameof(Injections))]
    public async Task A_text_that_is_sql_is_a_text(string text)
    {
        var json = JsonSerializer.Serialize(text);
        var taken = await _server.TrackAsync("track", $$$"""{"userId":{{{json}}},"event":{{{json}}},"properties":{{{{json}}}:{{{json}}}}}""");
        var escaped = Uri.EscapeDataString(text);

        var found = await _server.GetAsync($"/api/contacts?identity={escaped}");
        var answers = new List<int>();
        foreach (var path in new[]
        {
            $"/api/audit?reason={escaped}", $"/api/audit?journey={escaped}", $"/api/audit?kind={escaped}", $"/api/audit?contact={escaped}", $"/api/journeys/{escaped}",
            $"/api/journeys/{escaped}/people?step={escaped}", $"/api/messages?journey={escaped}", $"/api/users/{escaped}/sessions", $"/api/templates/{escaped}", $"/api/audit?limit={escaped}",
        })
        {
            using var request = _server.Request(HttpMethod.Get, path, Role.Admin);
            answers.Add((await _server.SendAsync(request)).Status);
        }

        Assert.Equal(200, taken.Status);
        Assert.Equal(text, Assert.Single(found.GetProperty("contacts").EnumerateArray()).GetProperty("identities")[0].GetProperty("value").GetString());
        Assert.All(answers, status => Assert.InRange(status, 200, 499));
        Assert.True((await _server.GetAsync("/api/audit/verify")).GetProperty("intact").GetBoolean());
    }

    [Theory]
    [InlineData("/assets/..%2f..%2fautomation.dll")]
    [InlineData("/assets/%2e%2e%2fautomation.deps.json")]
    [InlineData("/assets/..%5c..%5cautomation.dll")]
    [InlineData("/assets/....//automation.dll")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/favicon.svg%00.html")]
    public async Task No_path_leads_out_of_the_designers_files(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(new Uri(_server.Http.BaseAddress!.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        Assert.InRange((int)answer.StatusCode, 400, 404);
    }

    [Theory]
    [InlineData("..%2F..%2Fout")]
    [InlineData("..%5Cout")]
    [InlineData("%2Fetc%2Fcron.d%2Fout")]
    [InlineData("out%00.json")]
    public async Task A_key_that_is_a_path_is_no_key(string key)
    {
        foreach (var kind in new[] { "templates", "segments", "accounts", "journeys" })
        {
            using var request = _server.Request(HttpMethod.Put, $"/api/{kind}/{key}", Role.Admin, new { key = Uri.UnescapeDataString(key), connector = "sandbox" });
            Assert.InRange((await _server.SendAsync(request)).Status, 400, 422);
        }
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_server.DatabasePath)!, "*out*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("POST", "/api/users", """{"name":"eve","role":"viewer","is_locked":false,"password_hash":"x"}""")]
    [InlineData("POST", "/api/users", """{"name":"eve","role":"viewer","state":"active"}""")]
    [InlineData("POST", "/api/keys", """{"role":"viewer","id":"chosen","hash":"00"}""")]
    [InlineData("POST", "/api/session", """{"name":"eve","password":"x","role":"admin"}""")]
    [InlineData("POST", "/api/links/use", """{"link":"x","password":"y","role":"admin"}""")]
    [InlineData("POST", "/api/links/use", """{"link":"x","password":"y","purpose":"set_up"}""")]
    public async Task A_field_that_is_not_asked_for_is_refused_and_not_taken_over(string method, string path, string body)
    {
        using var request = _server.Request(HttpMethod.Parse(method), path, Role.Admin, body);

        var (status, answer) = await _server.SendAsync(request);

        Assert.Equal((400, "malformed_json"), (status, answer.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/%2f%2fevil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/?next=https://evil.example")]
    [InlineData("/?returnUrl=//evil.example")]
    [InlineData("/api/session?redirect=https://evil.example")]
    [InlineData("/sandbox?url=https://evil.example")]
    public async Task Nothing_sends_a_browser_elsewhere(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(new Uri(_server.Http.BaseAddress!.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        Assert.NotInRange((int)answer.StatusCode, 300, 399);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "{}")]
    public async Task No_route_sends_a_browser_elsewhere_whatever_is_asked_for(string method, string body)
    {
        const string asked = "?next=https://evil.example&returnUrl=//evil.example&redirect_uri=https://evil.example&url=//evil.example";
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _server.Http.BaseAddress };
        var wrong = new List<string>();
        var routes = _server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(method) ?? method == "GET").ToList();
        foreach (var route in routes)
        {
            var path = "/" + System.Text.RegularExpressions.Regex.Replace(route.RoutePattern.RawText!.TrimStart('/'), @"\{[^}]*\}", "1");
            using var request = _server.Request(HttpMethod.Parse(method), path + asked, Role.Admin, body.Length > 0 ? body : null);
            request.Headers.Host = "evil.example";
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Referrer = new Uri("https://evil.example/");
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if ((int)answer.StatusCode is >= 300 and < 400 || answer.Headers.Location is not null || answer.Headers.Contains("Refresh"))
            {
                wrong.Add($"{method} {path}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(routes.Count > 15);
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_quarter_of_a_gigabyte_is_refused_before_it_does()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var blanks = new byte[1 << 20];
            for (var megabyte = 0; megabyte < 256; megabyte++)
            {
                await gzip.WriteAsync(blanks);
            }
        }
        using var request = _server.Request(HttpMethod.Post, "/v1/batch", Role.Write);
        request.Content = new ByteArrayContent(packed.ToArray());
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var (status, _) = await _server.SendAsync(request);

        Assert.Equal(413, status);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 << 20);
    }

    [Fact]
    public void Secrets_are_compared_in_constant_time()
    {
        var same = typeof(Secrets).GetMethod(nameof(Secrets.AreSame))!;
        var fixedTime = typeof(CryptographicOperations).GetMethod(nameof(CryptographicOperations.FixedTimeEquals))!;

        Assert.Contains(fixedTime, Calls(typeof(ApiKey).GetMethod("Is", BindingFlags.Instance | BindingFlags.NonPublic)!));
        Assert.Contains(fixedTime, Calls(same));
        foreach (var method in new MethodBase[] { typeof(Totp).GetMethod(nameof(Totp.StepOf))!, typeof(RecoveryCodes).GetMethod(nameof(RecoveryCodes.Find))!, typeof(CrossSite).GetMethod(nameof(CrossSite.RequireToken))! })
        {
            var calls = Calls(method);
            Assert.Contains(same, calls);
            Assert.DoesNotContain(calls, one => one.DeclaringType == typeof(string) && one.Name is "op_Equality" or "Equals" or "op_Inequality");
        }
    }

    [Fact]
    public void A_search_for_the_right_code_looks_at_all_of_them()
    {
        // One return at the end and none within the loop: what is right does not shorten the work. Recovery codes have one before it besides, for texts that are too long.
        foreach (var (method, returns) in new (MethodBase, int)[] { (typeof(Totp).GetMethod(nameof(Totp.StepOf))!, 1), (typeof(RecoveryCodes).GetMethod(nameof(RecoveryCodes.Find))!, 2) })
        {
            Assert.InRange(Returns(method), 1, returns);
        }
        var (texts, hashes) = RecoveryCodes.Create();
        Assert.Equal(hashes, texts.Select(text => RecoveryCodes.Find(hashes, text)));
    }

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xffff);

    private static int Returns(MethodBase method) => Instructions(method.GetMethodBody()!.GetILAsByteArray()!).Count(one => one.Code == OpCodes.Ret);

    private static List<MethodBase> Calls(MethodBase method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        return [.. Instructions(code).Where(one => one.Code == OpCodes.Call || one.Code == OpCodes.Callvirt).Select(one => method.Module.ResolveMethod(BitConverter.ToInt32(code, one.Operand))!)];
    }

    /// <summary>The instructions of a method, and where their operands are (ECMA-335, partition III).</summary>
    private static IEnumerable<(OpCode Code, int Operand)> Instructions(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var one = Codes[code[at] == 0xfe ? 0xfe00 | code[at + 1] : code[at]];
            at += one.Size;
            yield return (one, at);
            at += one.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
