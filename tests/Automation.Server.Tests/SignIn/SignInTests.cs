using Automation.Server.SignIn;
using Xunit;

namespace Automation.Server.Tests.SignIn;

/// <summary>Guessing, second factors and what the ledger keeps of them.</summary>
public sealed class SignInTests(SignInServer start) : IClassFixture<SignInServer>, IAsyncLifetime
{
    private const string Wrong = "not the password at all";

    public Task InitializeAsync() => start.ForgetAddressAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task After_five_wrong_guesses_the_right_password_opens_nothing_for_a_quarter_of_an_hour()
    {
        var (_, name) = await start.SignedInAsync();
        var browser = start.Browser();
        for (var guess = 0; guess < GuessLimits.PerAccount; guess++)
        {
            Assert.Equal(401, (await browser.SignInAsync(name, Wrong)).Status);
        }

        var locked = await browser.SignInAsync(name);
        start.Time.Advance(TimeSpan.FromMinutes(14));
        var still = await browser.SignInAsync(name);
        start.Time.Advance(TimeSpan.FromMinutes(1));
        var open = await browser.SignInAsync(name);

        Assert.Equal((429, "locked_out", 429, 200), (locked.Status, locked.Body.GetProperty("code").GetString(), still.Status, open.Status));
        Assert.Contains(await start.Server.FactsAsync("sign_in_locked"), fact => fact.Details.Contains($"\"subject\":\"user:{name}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thousand_guesses_at_once_are_no_more_than_five()
    {
        var (_, name) = await start.SignedInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => start.Browser().SendAsync(
            HttpMethod.Post, "/api/session", new { name, password = $"{Wrong} {n}" }, ("X-Forwarded-For", $"10.1.0.{n}"))));

        Assert.InRange(answers.Count(one => one.Status == 401), 0, GuessLimits.PerAccount);
        Assert.Equal(60, answers.Count(one => one.Status is 401 or 429));
        Assert.Equal(429, (await start.Browser().SignInAsync(name)).Status);
    }

    [Fact]
    public async Task An_address_has_twenty_guesses_at_whatever_names()
    {
        var (_, name) = await start.SignedInAsync();
        var from = ("X-Forwarded-For", "10.2.0.1");
        for (var guess = 0; guess < GuessLimits.PerAddress; guess++)
        {
            await start.Browser().SendAsync(HttpMethod.Post, "/api/session", new { name = $"nobody-{guess}", password = Wrong }, from);
        }

        var here = await start.Browser().SendAsync(HttpMethod.Post, "/api/session", new { name, password = Browser.Password }, from);
        var elsewhere = await start.Browser().SendAsync(HttpMethod.Post, "/api/session", new { name, password = Browser.Password }, ("X-Forwarded-For", "10.2.0.2"));

        Assert.Equal((429, 200), (here.Status, elsewhere.Status));
    }

    [Fact]
    public async Task Nobody_learns_which_names_there_are()
    {
        var (_, name) = await start.SignedInAsync();
        var (_, locked) = await start.SignedInAsync();
        await start.Server.AskAsync(HttpMethod.Post, $"/api/users/{locked}/lock");
        var invited = SignInServer.NewName();
        await start.Server.AskAsync(HttpMethod.Post, "/api/users", new { name = invited, role = "viewer" });

        var answers = new List<string>();
        foreach (var one in new[] { name, "nobody-at-all", invited, "no name: '--" })
        {
            answers.Add((await start.Browser().SignInAsync(one, Wrong)).ToString());
        }
        answers.Add((await start.Browser().SignInAsync(locked)).ToString());

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task A_flood_of_wrong_guesses_is_a_line_a_minute_and_keeps_no_typed_name()
    {
        // What earlier tests left is told, and a minute of silence follows.
        start.Time.Advance(TimeSpan.FromHours(1));
        start.Time.Advance(TimeSpan.FromMinutes(1));
        const string Typed = "my-secret-typed-as-name";
        for (var n = 0; n < 12; n++)
        {
            await start.Browser().SignInAsync(FormattableString.Invariant($"{Typed}{n}"), Wrong);
        }

        var told = await start.Server.FactsAsync("sign_ins_failed");
        start.Time.Advance(TimeSpan.FromMinutes(1));
        var all = await start.Server.UntilFactsAsync("sign_ins_failed", told.Count + 1);

        Assert.Equal(told.Count + 1, all.Count);
        Assert.Contains("\"count\":1,\"unknown_names\":1", told[0].Details, StringComparison.Ordinal);
        Assert.Contains("\"count\":11,\"unknown_names\":11", all[0].Details, StringComparison.Ordinal);
        Assert.DoesNotContain(all, fact => fact.Details.Contains(Typed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_after_the_password_and_each_code_is_good_once()
    {
        var (browser, name) = await start.SignedInAsync();
        var secret = await TakeSecondFactorAsync(browser);
        start.Time.Advance(TimeSpan.FromSeconds(90));
        var code = Totp.CodeOf(secret.Bytes, Totp.StepAt(start.Time.GetUtcNow()));

        var without = await start.Browser().SignInAsync(name);
        var wrongPassword = await start.Browser().SignInAsync(name, Wrong, code);
        var wrongCode = await start.Browser().SignInAsync(name, Browser.Password, "000000");
        var right = await start.Browser().SignInAsync(name, Browser.Password, code);
        var again = await start.Browser().SignInAsync(name, Browser.Password, code);

        Assert.Equal("code_needed", without.Body.GetProperty("code").GetString());
        Assert.Equal("wrong_credentials", wrongPassword.Body.GetProperty("code").GetString());
        Assert.Equal("wrong_credentials", wrongCode.Body.GetProperty("code").GetString());
        Assert.Equal((200, 401), (right.Status, again.Status));
    }

    [Fact]
    public async Task A_recovery_code_opens_once_and_is_told_in_the_ledger()
    {
        var (browser, name) = await start.SignedInAsync();
        var (_, codes) = await TakeSecondFactorAsync(browser);

        var first = await start.Browser().SignInAsync(name, Browser.Password, codes[4]);
        var again = await start.Browser().SignInAsync(name, Browser.Password, codes[4]);

        Assert.Equal((200, 9, 401), (first.Status, first.Body.GetProperty("recovery_codes").GetInt32(), again.Status));
        var facts = await start.Server.FactsAsync("user_changed");
        Assert.Contains(facts, fact => fact.Details.Contains("recovery_code_used", StringComparison.Ordinal) && fact.Actor == $"user:{name}");
        Assert.DoesNotContain(facts, fact => codes.Any(code => fact.Details.Contains(code, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("li", "li")]
    [InlineData(" Li ", "li")]
    [InlineData("ＬＩ", "li")]
    [InlineData("王小明", "王小明")]
    [InlineData("a.b-c@shop.example", "a.b-c@shop.example")]
    [InlineData("l", null)]
    [InlineData("li wang", null)]
    [InlineData("<b>li</b>", null)]
    [InlineData("li\n", "li")]
    [InlineData("-li", null)]
    [InlineData("li\u202egnaw", null)]
    public void A_name_has_one_spelling(string typed, string? name) => Assert.Equal(name, UserName.Of(typed));

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("aaaaaaaaaaaaaaaa", "different characters")]
    [InlineData("the name is wangli ok", "user's name")]
    [InlineData("PasswordPassword", "everybody knows")]
    public void An_easy_password_is_refused_with_the_reason(string password, string says)
    {
        var refused = Assert.Throws<Automation.Server.Api.ApiException>(() => Passwords.Require(password, "wangli"));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    private async Task<(byte[] Bytes, string[] Codes)> TakeSecondFactorAsync(Browser browser)
    {
        var (_, offer) = await browser.SendAsync(HttpMethod.Post, "/api/session/second-factor", new { password = Browser.Password });
        var secret = Bytes(offer.GetProperty("secret").GetString()!);
        var (status, taken) = await browser.SendAsync(
            HttpMethod.Put, "/api/session/second-factor", new { code = Totp.CodeOf(secret, Totp.StepAt(start.Time.GetUtcNow())) });
        Assert.Equal(200, status);
        return (secret, [.. taken.GetProperty("recovery_codes").EnumerateArray().Select(one => one.GetString()!)]);
    }

    internal static byte[] Bytes(string base32)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(base32.Select(letter => Convert.ToString(Letters.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }
}
