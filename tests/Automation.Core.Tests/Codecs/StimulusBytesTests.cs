using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Automation.Core.Tests.Codecs;

public sealed class StimulusBytesTests
{
    private static readonly Type[] StayAtHome = [typeof(Stimulus.TimerDue), typeof(Stimulus.Absorb), typeof(Stimulus.WasAbsorbed)];

    /// <summary>All there are, so that a new one cannot be forgotten.</summary>
    public static TheoryData<string> Travelling => [.. typeof(Stimulus).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Stimulus)) && !type.IsAbstract && !StayAtHome.Contains(type)).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Travelling))]
    public void Every_field_of_a_stimulus_comes_back(string type)
    {
        var stimulus = (Stimulus)new Populated(1).Make(typeof(Stimulus).Assembly.GetType(type)!);

        Assert.Null(Difference.Find(stimulus, Read(Write(stimulus)), type));
    }

    [Theory]
    [MemberData(nameof(Travelling))]
    public void Whatever_is_missing_comes_back_missing(string type) =>
        Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
        {
            var stimulus = (Stimulus)new Populated(seed, sparse: true).Make(typeof(Stimulus).Assembly.GetType(type)!);

            return Difference.Find(stimulus, Read(Write(stimulus)), type) is null;
        }));

    [Fact]
    public void A_message_id_that_is_a_guid_takes_sixteen_bytes_and_keeps_its_spelling()
    {
        var happened = Populated.Of<ContactEvent>();
        var canonical = happened with { MessageId = "0b8f4a52-6f0e-4c43-9f0d-0a1b2c3d4e5f" };
        var shouting = happened with { MessageId = "0B8F4A52-6F0E-4C43-9F0D-0A1B2C3D4E5F" };

        Assert.Equal(shouting.MessageId, ((Stimulus.EventArrived)Read(Write(new Stimulus.EventArrived(shouting)))).Event.MessageId);
        Assert.Equal(canonical.MessageId, ((Stimulus.EventArrived)Read(Write(new Stimulus.EventArrived(canonical)))).Event.MessageId);
        Assert.Equal(Write(new Stimulus.EventArrived(shouting)).Length - 21, Write(new Stimulus.EventArrived(canonical)).Length);
    }

    [Fact]
    public void Bytes_that_end_early_are_refused_as_such()
    {
        var whole = Write(new Stimulus.EventArrived(Populated.Of<ContactEvent>()));

        for (var length = 0; length < whole.Length; length++)
        {
            var part = whole[..length];
            Assert.Throws<FormatException>(() => Read(part));
        }
    }

    private static byte[] Write(Stimulus stimulus)
    {
        var buffer = new ByteBuffer();
        StimulusBytes.Append(buffer, stimulus);
        return buffer.Written.ToArray();
    }

    private static Stimulus Read(byte[] bytes)
    {
        var cursor = new ByteCursor(bytes, new NamePool());
        var stimulus = StimulusBytes.Read(ref cursor);
        return cursor.AtEnd ? stimulus : throw new FormatException("Expected the end.");
    }
}
