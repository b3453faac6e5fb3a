using System.Text;
using Automation.Server.SignIn;
using Xunit;

namespace Automation.Server.Tests.SignIn;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeOf(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8));

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(61, false)]
    public void A_phones_clock_may_be_half_a_minute_off(int seconds, bool isRight)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var shown = Totp.CodeOf(Secret, Totp.StepAt(now.AddSeconds(seconds)));

        Assert.Equal(isRight, Totp.StepOf(Secret, shown, now) is not null);
    }

    [Fact]
    public void A_secret_is_written_as_apps_read_it() =>
        Assert.Equal("otpauth://totp/Automation:li?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Automation", Totp.UriOf(Secret, "li"));

    [Fact]
    public void A_recovery_code_is_found_as_people_type_it()
    {
        var (texts, hashes) = RecoveryCodes.Create();

        Assert.Equal(10, texts.Distinct().Count());
        Assert.Equal(hashes[3], RecoveryCodes.Find(hashes, texts[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));
        Assert.Null(RecoveryCodes.Find(hashes, texts[3][..^1]));
    }
}
