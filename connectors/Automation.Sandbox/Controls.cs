using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Automation.Sandbox;

/// <summary>The page with the phones, and what one can do there.</summary>
internal static class Controls
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Map(IEndpointRouteBuilder routes, VendorSandbox sandbox)
    {
        var page = Read("pages/phones.html");
        routes.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'";
            return Results.Bytes(page, "text/html; charset=utf-8");
        });
        routes.MapGet("/control/phones", (string? to, int? limit) => Results.Json(
            new { count = sandbox.Phones.Count, messages = sandbox.Phones.List(to, Math.Clamp(limit ?? 200, 1, 1_000)) }, Snake));
        routes.MapGet("/control/tasks", () => Results.Json(sandbox.People.Tasks.Select(task => new
        {
            task.Id, task.Member, task.Text, customers = task.To.Count, task.CreatedAt, task.ConfirmedAt, task.CancelledAt, task.Reminders,
        }), Snake));
        routes.MapPost("/control/act", async (HttpRequest request) =>
        {
            // A page of another site cannot send this type without being asked first, and it is not allowed to.
            if (!request.HasJsonContentType())
            {
                return Results.StatusCode(415);
            }
            using var asked = await JsonDocument.ParseAsync(request.Body);
            return Act(sandbox, asked.RootElement) is { } problem ? Results.BadRequest(new { problem }) : Results.NoContent();
        });
    }

    private static string? Act(VendorSandbox sandbox, JsonElement asked)
    {
        string Text(string name) => asked.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var people = sandbox.People;
        switch (Text("do"))
        {
            case "reply":
                people.Reply(Text("account"), Text("to"), Text("text"));
                return null;
            case "add_customer":
                people.AddCustomer(Text("customer"), Text("name"));
                return null;
            case "join_group":
                people.JoinGroup(Text("group"), Text("name"), Text("customer"));
                return null;
            case "leave_member":
                people.LeaveMember(Text("customer"));
                return null;
            case "confirm":
                people.Confirm(DateTimeOffset.UtcNow, Text("task") is { Length: > 0 } task ? task : null);
                return null;
            case "allow":
                people.Ask(Text("open_id"), Text("template"));
                return null;
            case "refuse":
                people.Refuse(Text("open_id"), Text("template"));
                return null;
            case "follow":
                people.Follow(Text("open_id"));
                return null;
            case "unfollow":
                people.Follow(Text("open_id"), follows: false);
                return null;
            case "write":
                people.Write(Text("account"), Text("open_id"), Text("text"));
                return null;
            case "misbehave" when Enum.TryParse<Mood>(Text("mood").Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var mood):
                return Planned(sandbox, Text("account"), plan => plan.Next(mood));
            case "fail":
                return Planned(sandbox, Text("account"), plan => plan.Next(new Fate(Text("code"))));
            case "lose_receipt":
                return Planned(sandbox, Text("account"), plan => plan.Next(new Fate(Receipts: 0)));
            default:
                return "Expected 'do' to be one of reply, add_customer, join_group, leave_member, confirm, allow, refuse, follow, unfollow, write, misbehave, fail or lose_receipt, but it is not.";
        }
    }

    private static string? Planned(VendorSandbox sandbox, string account, Action<Plan> plan)
    {
        try
        {
            plan(sandbox.Plan(account));
            return null;
        }
        catch (KeyNotFoundException)
        {
            return "Expected 'account' to be aliyun, tencent, wecom, mini_program or official_account, but it is not.";
        }
    }

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Expected the resource {name} in the assembly, but it is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
