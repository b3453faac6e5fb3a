using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Core.Journeys.Linting;

namespace Automation.Server.Api;

/// <summary>How the management API writes JSON: snake case as in documents and the ledger, Chinese as it is, nulls left out.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        // A slip of the pen in a request is told and not ignored.
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        // A null where text was promised, or nothing where something was, is refused here and not found out later.
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        return options;
    }
}

/// <summary>A finding of lint, as the API says it.</summary>
internal sealed record FindingAnswer(string Code, Severity Severity, string Pointer, string Message, string? Document, int? Line)
{
    public static FindingAnswer Of(Finding finding) =>
        new(finding.Code, finding.Severity, finding.Pointer, finding.Message, finding.Document, finding.Line);
}
