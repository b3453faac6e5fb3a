using System.Collections.Immutable;
using System.Text;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Tests.Journeys.Documents;
using Automation.Core.Workspaces;
using Xunit;

namespace Automation.Core.Tests.Journeys.Linting;

public sealed class LintTests
{
    /// <summary>Codes that need files, events, or rules beyond the reader's own limits; their tests stand with those.</summary>
    private static readonly string[] Elsewhere = ["malformed_yaml", "unreadable_file", "ignored_file", "rule_too_deep", "rule_too_long", "unseen_name"];

    private static readonly LintContext Known = new()
    {
        Channels = ImmutableDictionary<string, ChannelFacts>.Empty
            .Add("sms", new ChannelFacts(["sign"])).Add("wecom", new ChannelFacts(null)).Add("webhook", new ChannelFacts(null)),
        Accounts = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty
            .Add("sandbox", ["sms", "wecom"]).Add("aliyun", ["sms"]).Add("hook", ["webhook"]),
    };

    private static readonly Workspace Around = new(
        WorkspaceSettings.Default with
        {
            Accounts = ImmutableDictionary<string, string>.Empty.Add("sms", "aliyun").Add("wecom", "sandbox"),
        },
        [],
        [
            new MessageTemplate("hello", "sms", PropertyBag.Of(("text", "Hi {{ contact.name }}"), ("sign", "Shop"))),
            new MessageTemplate("receipt", "sms", PropertyBag.Of(("text", "Order {{ event.order_id }}"))),
            new MessageTemplate("ping", "webhook", PropertyBag.Of(("text", "ping"))),
        ],
        [new Segment("loyal", "loyal", RuleGroup.Everything)]);

    public static TheoryData<int, string, string> Cases
    {
        get
        {
            var rows = new TheoryData<int, string, string>();
            foreach (var (i, row) in LintCases.All.Index())
            {
                rows.Add(i, row.Code, row.Pointer.Length > 60 ? "…" : row.Pointer);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_bad_document_gets_its_code_and_pointer(int row, string code, string shownPointer)
    {
        var (_, kind, json, pointer) = LintCases.All[row];

        var findings = Findings(kind, json);

        Assert.NotEmpty(shownPointer + code);
        var finding = Assert.Single(findings);
        Assert.Equal((code, pointer), (finding.Code, finding.Pointer));
        Assert.Matches("^Expected .*(, but |\\(line )", finding.Message);
        Assert.Equal(LintCodes.Find(code).Severity, finding.Severity);
    }

    [Fact]
    public void Every_code_has_a_case() =>
        Assert.Equal(
            LintCodes.All.Select(code => code.Code).Order(),
            LintCases.All.Select(row => row.Code).Concat(Elsewhere).Distinct().Order());

    [Fact]
    public void Every_code_stands_once_and_has_a_sentence()
    {
        Assert.Equal(LintCodes.All.Length, LintCodes.All.DistinctBy(code => code.Code).Count());
        Assert.All(LintCodes.All, code => Assert.Matches("^[A-Z].*\\.$", code.Sentence));
        Assert.All(LintCodes.All, code => Assert.Matches("^[a-z]+(_[a-z]+)*$", code.Code));
    }

    [Fact]
    public void Every_problem_of_a_rule_is_among_the_codes() =>
        Assert.All(
            typeof(RuleProblem).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!),
            code => Assert.Equal(code, LintCodes.Find(code).Code));

    [Fact]
    public void The_designs_example_is_clean_among_its_templates()
    {
        var journey = JourneyDocument.Read(Encoding.UTF8.GetBytes(DesignExample.Json)).Value!;
        MessageTemplate Text(string key, string channel) => new(key, channel, PropertyBag.Of(("text", "你好 {{ contact.name }}")));
        var workspace = new Workspace(
            WorkspaceSettings.Default, [journey],
            [Text("vip-hello", "wecom"), Text("newcomer-offer", "mini_program"), Text("newcomer-offer-sms", "sms")], []);

        Assert.Empty(Lint.Check(workspace, LintContext.DocumentsOnly));
    }

    [Fact]
    public void A_circle_that_waits_is_fine() =>
        Assert.Empty(Findings(LintCases.Journey, LintCases.Steps("""
            {"id":"a","type":"branch","branches":[{"name":"x","when":{"combinator":"and","rules":[{"field":"tags","operator":"contains","value":"x"}]},"next":"b"}],"otherwise":"c"},
            {"id":"b","type":"wait","until":{"time":"10:00"},"next":"a"},
            {"id":"c","type":"wait_for","event":"e","timeout":"1d","next":"a","otherwise":"d"},
            {"id":"d","type":"wait","for":"1d","until":{"date":"contact.due"},"next":"a"}
            """)));

    [Fact]
    public void Two_separate_circles_are_two_findings()
    {
        var findings = Findings(LintCases.Journey, LintCases.Steps("""
            {"id":"a","type":"split","variants":[{"name":"x","weight":1,"next":"b"},{"name":"y","weight":1,"next":"c"}]},
            {"id":"b","type":"emit","event":"e","next":"b"},
            {"id":"c","type":"emit","event":"e","next":"d"},
            {"id":"d","type":"emit","event":"e","next":"c"}
            """));

        Assert.Equal([("cycle_without_wait", "/steps/1"), ("cycle_without_wait", "/steps/2")], findings.Select(finding => (finding.Code, finding.Pointer)));
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var (_, findings) = JourneyDocument.Read("""
            {"key":"a b","trigger":{"on":"event","event":"","wehre":{}},"entry":{"repeat":"never"},
             "steps":[{"id":"x","type":"wait","for":"soon"},{"id":"y","type":"hop"},{"id":"z","type":"send"}]}
            """u8.ToArray());

        Assert.Equal(
            ["/key", "/trigger/event", "/trigger/wehre", "/entry/repeat", "/steps/0/for", "/steps/1/type", "/steps/2", "/steps/2"],
            findings.Select(finding => finding.Pointer));
    }

    [Fact]
    public void Segments_that_ask_for_each_other_are_each_told()
    {
        Segment Asks(string key, string other) =>
            new(key, key, new RuleGroup(Combinator.And, false, [new Rule("segments", "contains", other)]));
        var workspace = Around with { Segments = [Asks("a", "b"), Asks("b", "c"), Asks("c", "a"), Asks("d", "a")] };

        var findings = Lint.Check(workspace, Known);

        Assert.Equal(["segments/a", "segments/b", "segments/c"], findings.Select(finding => finding.Document));
        Assert.Contains("a → b → c → a", findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_document_of_one_key_is_told_wherever_it_stands()
    {
        var journey = new Journey("twin", "twin", new Trigger.OnManual(), EntryRule.Once, [], null, [new Core.Steps.Exit.ExitNode("x", null)]);
        var workspace = Around with { Journeys = [journey, journey], Segments = [.. Around.Segments, .. Around.Segments] };

        var findings = Lint.Check(workspace, Known);

        Assert.Equal([("duplicate_key", "segments/loyal"), ("duplicate_key", "journeys/twin")], findings.Select(finding => (finding.Code, finding.Document!)));
    }

    [Fact]
    public void Without_knowledge_of_the_world_nothing_is_called_unknown() =>
        Assert.Empty(Lint.Check(
            new MessageTemplate("a", "fax", PropertyBag.Of(("subject", "x"))), LintContext.DocumentsOnly));

    [Fact]
    public void A_fault_in_a_template_has_its_line_and_column()
    {
        var template = new MessageTemplate("a", "sms", PropertyBag.Of(("text", "Hi\n  {{ contact.name | }}")));

        var finding = Assert.Single(Lint.Check(template, Known));

        Assert.Matches(@"^Expected .*\(line 2, column \d+\)\.$", finding.Message);
    }

    [Fact]
    public void Variables_that_a_template_makes_itself_are_known()
    {
        var text = """
            {{ name = contact.name ?? '你' ~}}
            {{ for item in event.items }}{{ item.title }}{{ if for.last }}.{{ end }}{{ end }}
            {{ func twice(x) }}{{ x }}{{ end }}{{ twice name }}{{ steps["day-1"].code }}{{ now | date.to_string "%F" }}{{ journey.key }}
            """;

        Assert.Empty(Lint.Check(new MessageTemplate("a", "sms", PropertyBag.Of(("text", text))), Known));
    }

    [Theory]
    [InlineData("""{"on":"manual"}""")]
    [InlineData("""{"on":"event","event":"e"}""")]
    [InlineData("""{"on":"keyword","keywords":["hi"]}""")]
    public void An_event_may_be_read_where_one_starts_the_journey(string trigger)
    {
        var journey = $$$"""{"key":"a","trigger":{{{trigger}}},"steps":[{"id":"a","type":"update","set":{"code":"{{ event.code }}"}}]}""";

        Assert.DoesNotContain(Findings(LintCases.Journey, journey), finding => finding.Code == "no_event_at_hand");
    }

    [Fact]
    public void The_event_that_is_waited_for_may_be_read_in_every_journey()
    {
        const string journey = """
            {"key":"a","trigger":{"on":"dormant","for":"30d"},
             "steps":[{"id":"a","type":"wait_for","event":"e","where":{"combinator":"and","rules":[{"field":"event.a","operator":"=","value":1}]},"within":"1d"}]}
            """;

        Assert.DoesNotContain(Findings(LintCases.Journey, journey), finding => finding.Code == "no_event_at_hand");
    }

    [Fact]
    public void Built_ins_that_are_used_as_such_are_fine()
    {
        const string text = "{{ date.now | date.to_string '%F' }} {{ contact.date }} {{ [1] | array.each @string.upcase }} {{ date = 1; date }} {{ include 'x' }}";

        Assert.DoesNotContain(
            Lint.Check(new MessageTemplate("a", "sms", PropertyBag.Of(("text", text))), Known), finding => finding.Code == "hidden_by_built_in");
    }

    [Fact]
    public void Any_journey_can_be_checked()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var journey = new RandomJourney(seed).Make();

            Lint.Check(Around with { Journeys = [journey] }, Known);
        }
    }

    private static ImmutableArray<Finding> Findings(string kind, string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        return kind switch
        {
            LintCases.Journey => Both(JourneyDocument.Read(utf8), journey => Lint.Check(Around with { Journeys = [journey] }, Known)),
            LintCases.Template => Both(TemplateDocument.Read(utf8), template => Lint.Check(Around with { Templates = Around.Templates.Add(template) }, Known)),
            LintCases.Segment => Both(SegmentDocument.Read(utf8), segment => Lint.Check(Around with { Segments = Around.Segments.Add(segment) }, Known)),
            _ => Both(SettingsDocument.Read(utf8), settings => Lint.Check(Around with { Settings = settings }, Known)),
        };
    }

    private static ImmutableArray<Finding> Both<T>(Reading<T> reading, Func<T, ImmutableArray<Finding>> check)
        where T : class => reading.Partial is { } partial ? [.. reading.Findings, .. check(partial)] : reading.Findings;
}
