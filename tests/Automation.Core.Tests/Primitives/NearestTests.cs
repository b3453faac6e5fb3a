using Automation.Core.Primitives;
using Xunit;

namespace Automation.Core.Tests.Primitives;

/// <summary>The word that was meant, where one is close enough.</summary>
public sealed class NearestTests
{
    private static readonly string[] Known = ["cart-reminder", "first-purchase", "group-welcome", "vip", "新人福利"];

    [Theory]
    [InlineData("first-purchse", "first-purchase")]
    [InlineData("first-purhcase", "first-purchase")]
    [InlineData("First_Purchase", "first-purchase")]
    [InlineData("cart", "cart-reminder")]
    [InlineData("vpi", "vip")]
    [InlineData("新人福力", "新人福利")]
    public void A_slip_of_the_pen_is_told_what_was_meant(string typed, string meant) => Assert.Equal(meant, Nearest.To(typed, Known));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("birthday")]
    [InlineData("ca")]
    [InlineData("vip")]
    public void What_is_close_to_nothing_or_known_already_is_not_guessed(string typed) => Assert.Null(Nearest.To(typed, Known));

    [Fact]
    public void Of_two_words_that_are_as_close_the_first_in_order_is_told() => Assert.Equal("hello-a", Nearest.To("hello-x", ["hello-b", "hello-a"]));

    [Fact]
    public void A_word_without_end_is_not_compared() => Assert.Null(Nearest.To(new string('a', 1_000_000), [new string('a', 999_999)]));

    [Fact]
    public void The_hint_ends_a_sentence_or_is_nothing()
    {
        Assert.Equal(" Did you mean 'vip'?", Nearest.Hint("vup", Known));
        Assert.Equal("", Nearest.Hint("birthday", Known));
    }
}
