using Automation.Connectors.Callbacks;

namespace Automation.Connectors.Tests.Callbacks;

/// <summary>The first two vectors are the vendor's own samples; the others follow its published algorithm, computed elsewhere.</summary>
public sealed class EncryptedCallbackTests
{
    public const string Token = "QDG6eK";
    public const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    public const string Corp = "wx5823bf96d3bd56c7";

    private const string Echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";

    private const string Message =
        "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==";

    private readonly EncryptedCallback _envelope = new(Token, Key, Corp);

    [Fact]
    public void The_vendors_check_of_the_address_opens()
    {
        var proof = _envelope.Open("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780", Echo, out var message);

        Assert.Equal((CallbackProof.Genuine, "1616140317555161061"), (proof, message));
    }

    [Fact]
    public void The_vendors_sample_message_opens()
    {
        var proof = _envelope.Open("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149", Message, out var message);

        Assert.Equal(CallbackProof.Genuine, proof);
        var fields = CallbackFields.Read(message)!;
        Assert.Equal(
            ("hello", "mycreate", "4561255354251345929", "218"), (fields.Text("Content"), fields.Text("FromUserName"), fields.Text("MsgId"), fields.Text("AgentID")));
    }

    [Theory]
    [InlineData("你好", "ZA4HuQypHxnRrA+A6SOHGGg6BjMyJh3W2UlKOZGNa3NKivibHVtqvNGCpLgswZnIOEDe5bYkcQ5rApCatX49Mw==", "efe39f7353d780c598e47df77ff2d2c2a03bacb7")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxx", "ZA4HuQypHxnRrA+A6SOHGP5PWBmJSArWClfo25UJKoLEPr3dT96Tey7MCu54QtMW8SPpczhlggG2CpTUrlw9LvdlX7jRUajoPvVQivpiONJp+pBqD4swT42GPXcZruJ/", "38c4305d08586eb4f87576710e041ff5e4c6578a")]
    public void Closing_and_signing_give_the_vectors(string message, string encrypted, string signature)
    {
        Assert.Equal(encrypted, _envelope.Close(message, "aaaabbbbccccdddd"u8.ToArray()));
        Assert.Equal(signature, EncryptedCallback.Signature(Token, "1409659813", "1372623149", encrypted));
        Assert.Equal(CallbackProof.Genuine, _envelope.Open(signature, "1409659813", "1372623149", encrypted, out var opened));
        Assert.Equal(message, opened);
    }

    [Fact]
    public void A_plain_signature_is_over_three_sorted_words()
    {
        Assert.Equal("909c54b033aeb0f9d3caf5f0b18e1b2e0555f122", EncryptedCallback.Signature("token123", "1700000000", "nonce456"));
    }

    [Fact]
    public void A_changed_nonce_is_a_bad_signature()
    {
        Assert.Equal(CallbackProof.BadSignature, _envelope.Open("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623148", Message, out var message));
        Assert.Equal("", message);
    }

    [Fact]
    public void A_message_for_another_corp_is_refused()
    {
        var other = new EncryptedCallback(Token, Key, "wx0000000000000000");

        Assert.Equal(CallbackProof.OtherReceiver, other.Open("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149", Message, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base 64!")]
    [InlineData("AAAA")]
    [InlineData("RypEvHKD8QQKFhvQ6QleEA==")]
    public void A_ciphertext_that_cannot_be_opened_is_said_to_be_one(string encrypted)
    {
        var signature = EncryptedCallback.Signature(Token, "1", "2", encrypted);

        Assert.Equal(CallbackProof.BadCiphertext, _envelope.Open(signature, "1", "2", encrypted, out _));
    }

    [Fact]
    public void Spare_bits_in_the_last_character_of_a_key_mean_nothing()
    {
        var typed = new EncryptedCallback(Token, Key[..^1] + "D", Corp);

        Assert.Equal(_envelope.Close("x", new byte[16]), typed.Close("x", new byte[16]));
        Assert.Throws<FormatException>(() => new EncryptedCallback(Token, "short", Corp));
    }

    [Theory]
    [InlineData("<xml><List><A>1</A></List></xml>", 1)]
    [InlineData("<xml><List><A>1</A></List><List><A>2</A></List></xml>", 2)]
    [InlineData("""{"List":{"A":1}}""", 1)]
    [InlineData("""{"List":[{"A":"1"},{"A":2}]}""", 2)]
    public void A_list_is_one_object_or_several(string text, int count)
    {
        var objects = CallbackFields.Read(text)!.Objects("list").ToArray();

        Assert.Equal(count, objects.Length);
        Assert.Equal("1", objects[0].Text("a"));
    }
}
