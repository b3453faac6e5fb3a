using Automation.Core.Contacts;
using Automation.Core.Primitives;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Codecs;

public sealed class ContactBytesTests
{
    [Fact]
    public void Every_field_of_a_contact_comes_back()
    {
        var contact = Populated.Of<Contact>();

        Assert.Null(Difference.Find(contact, Read(Write(contact)), "Contact"));
    }

    [Fact]
    public void Whatever_is_missing_comes_back_missing() =>
        Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
        {
            var contact = Populated.Of<Contact>(seed, sparse: true);

            return Difference.Find(contact, Read(Write(contact)), "Contact") is null;
        }));

    [Fact]
    public void An_event_comes_back_whole() =>
        Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
        {
            var happened = Populated.Of<ContactEvent>(seed, sparse: true);

            return Difference.Find(happened, EventJson.Read(EventJson.Write(happened)), "Event") is null;
        }));

    [Fact]
    public void An_event_with_something_in_every_field_comes_back()
    {
        var happened = Populated.Of<ContactEvent>();

        Assert.Null(Difference.Find(happened, EventJson.Read(EventJson.Write(happened)), "Event"));
    }

    [Fact]
    public void Bytes_that_end_early_are_an_error_and_not_a_contact()
    {
        var bytes = Write(Populated.Of<Contact>());

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => Read(bytes[..length]));
        }
    }

    [Fact]
    public void A_format_of_the_future_is_refused()
    {
        var bytes = Write(new Contact(1, Instant.FromUtc(2026, 1, 1, 0, 0)));
        bytes[0] = 200;

        var error = Assert.Throws<FormatException>(() => Read(bytes));

        Assert.Contains("format 200", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contact_who_did_nothing_is_small() =>
        Assert.InRange(Write(new Contact(1_000_000, Instant.FromUtc(2026, 1, 1, 0, 0))).Length, 1, 40);

    private static byte[] Write(Contact contact)
    {
        var buffer = new ByteBuffer();
        ContactBytes.Write(buffer, contact);
        return buffer.Written.ToArray();
    }

    private static Contact Read(byte[] bytes) => ContactBytes.Read(bytes, new NamePool());
}
