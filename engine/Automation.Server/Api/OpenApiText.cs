using Automation.Server.Personal;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Automation.Server.Api;

/// <summary>What the OpenAPI document says beyond the routes: what this is, how a key goes in, and who may call what.</summary>
internal static class OpenApiText
{
    private const string Scheme = "key";
    private const string CookieScheme = "session";

    /// <summary>Routes that show people.</summary>
    private static readonly string[] Revealing = ["api/contacts", "api/messages", "api/sandbox/mailbox"];

    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Automation",
                Version = "v1",
                Description = "Tracking in the shape of the Segment HTTP API under /v1; management under /api. Errors are problem details (RFC 9457) with a stable code.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "basic",
                    Description = "The key is the user name, the password stays empty. A bearer token does as well.",
                },
                [CookieScheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Cookie,
                    Name = SessionCookie.SafeName,
                    Description = $"Of POST /api/session; over plain HTTP it is called {SessionCookie.PlainName}. Changes need {SessionCookie.TokenHeader} as well.",
                },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var needed = context.Description.ActionDescriptor.EndpointMetadata.OfType<PermissionNeeded>().LastOrDefault()?.Permission;
            if (needed is { } permission and not Permission.None)
            {
                operation.Security =
                [
                    .. new[] { Scheme, CookieScheme }
                        .Where(scheme => scheme == Scheme ? permission != Permission.Self : permission != Permission.Track)
                        .Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] }),
                ];
                var roles = Enum.GetValues<Role>().Where(role => Permissions.Allow(role, permission)).Select(Permissions.NameOf);
                operation.Description = $"Roles: {string.Join(", ", roles)}.";
            }
            if (needed == Permission.Read && context.Description.RelativePath is { } path && Revealing.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
            {
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = Sight.Parameter, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
                    Description = "Names and numbers of people in clear, for roles that may; each look is a fact.",
                });
            }
            return Task.CompletedTask;
        });
    }
}
