using Automation.Server.Ingest;
using Xunit;

namespace Automation.Server.Tests.Ingest;

public sealed class PhoneNumbersTests
{
    [Theory]
    [InlineData("13800138000", "+8613800138000")]
    [InlineData("138 0013 8000", "+8613800138000")]
    [InlineData("138-0013-8000", "+8613800138000")]
    [InlineData("８６１３８００１３８０００", "+8613800138000")]
    [InlineData("0086 138 0013 8000", "+8613800138000")]
    [InlineData("+86 (138) 0013-8000", "+8613800138000")]
    [InlineData("＋8613800138000", "+8613800138000")]
    [InlineData("+1 415 555 0100", "+14155550100")]
    [InlineData("02112345678", "02112345678")]
    public void One_number_has_one_spelling(string written, string spelled)
    {
        Assert.Equal(spelled, PhoneNumbers.Normalize(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("138x0013")]
    [InlineData("12")]
    [InlineData("1234567890123456789012345")]
    [InlineData("138+00138000")]
    public void What_is_no_number_is_no_identity(string written)
    {
        Assert.Null(PhoneNumbers.Normalize(written));
    }
}
