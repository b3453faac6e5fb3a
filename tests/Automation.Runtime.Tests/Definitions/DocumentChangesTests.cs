using Automation.Runtime.Definitions;

namespace Automation.Runtime.Tests.Definitions;

public sealed class DocumentChangesTests
{
    [Fact]
    public void What_changed_is_told_member_by_member_with_before_and_after()
    {
        var changes = DocumentChanges.Between(
            """{ "name": "a", "steps": [ { "id": "x", "for": "24h" } ], "gone": 1, "same": [1, 2] }""",
            """{ "name": "a", "steps": [ { "id": "x", "for": "12h" }, { "id": "y" } ], "new": { "deep": true }, "same": [1, 2] }""");

        Assert.Equal(
            [("/steps/0/for", "24h", "12h"), ("/steps/1", null, """{ "id": "y" }"""), ("/gone", "1", null), ("/new", null, """{ "deep": true }""")],
            changes.Select(one => (one.Field, (string?)one.Was, (string?)one.Needed)));
        Assert.All(changes, one => Assert.Equal(DocumentChanges.Operator, one.Operator));
    }

    [Fact]
    public void A_secret_is_told_as_changed_and_never_as_a_value()
    {
        var changes = DocumentChanges.Between(
            """{ "connector": "x", "secrets": { "key": "v1.old", "other": "v1.same" } }""", """{ "connector": "x", "secrets": { "key": "v1.new", "other": "v1.same" } }""");

        Assert.Equal([("/secrets/key", (object?)"***", (object?)"***")], changes.Select(one => (one.Field, one.Was, one.Needed)));
    }

    [Fact]
    public void A_new_document_and_a_torn_draft_have_no_changes_and_many_are_cut_short()
    {
        Assert.True(DocumentChanges.Between(null, "{}").IsDefault);
        Assert.True(DocumentChanges.Between("{ torn", "{}").IsDefault);
        Assert.True(DocumentChanges.Between("""{"a":1}""", """{ "a": 1 }""").IsDefault);
        var many = string.Join(",", Enumerable.Range(0, 90).Select(n => $"\"m{n}\":{n}"));
        Assert.Equal(50, DocumentChanges.Between("{}", $$"""{ {{many}} }""").Length);
        Assert.Equal(201, ((string)DocumentChanges.Between("""{"t":""}""", $$"""{"t":"{{new string('x', 500)}}"}""")[0].Needed!).Length);
    }
}
