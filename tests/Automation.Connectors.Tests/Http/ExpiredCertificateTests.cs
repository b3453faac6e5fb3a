using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Automation.Connectors.Tests.Aliyun;
using Automation.Connectors.Tests.TencentSms;
using Automation.Connectors.Tests.Webhook;
using Automation.Connectors.Tests.WeChat;
using Automation.Connectors.Tests.WeCom;
using Automation.Connectors.Webhook;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Connectors.Tests.Http;

/// <summary>A vendor whose certificate ran out yesterday: nothing is sent to it, and the reason says so.</summary>
public sealed class ExpiredCertificateTests
{
    [Theory]
    [InlineData("aliyun_sms")]
    [InlineData("tencent_sms")]
    [InlineData("wecom")]
    [InlineData("wechat_mini_program")]
    [InlineData("webhook")]
    public async Task Nothing_is_sent_and_the_reason_is_the_configuration(string connector)
    {
        var requests = 0;
        await using var vendor = await StartAsync(() => requests++);
        var address = new Uri(vendor.Urls.Single());
        var (factory, account, message) = Of(connector, address);
        await using var made = factory.Create(account, new ConnectorServices());

        var result = Assert.Single(await made.SendAsync([message], CancellationToken.None));

        Assert.Equal((SendOutcome.Failed, FailureReason.FixConfiguration, "tls_failed"), (result.Outcome, result.Reason, result.VendorCode));
        Assert.Contains("valid certificate", result.Text, StringComparison.Ordinal);
        Assert.Equal(0, requests);
    }

    private static (IConnectorFactory Factory, ConnectorAccount Account, OutgoingMessage Message) Of(string connector, Uri address)
    {
        if (connector == "webhook")
        {
            return (new WebhookConnectorFactory(), WebhookTesting.Account(new Uri(address, "hook").ToString()), Samples.Message("webhook"));
        }
        ConnectorRig rig = connector switch
        {
            "aliyun_sms" => new AliyunRig(),
            "tencent_sms" => new TencentRig(),
            "wecom" => new WeComRig(),
            _ => new WeChatRig(),
        };
        return (rig.Factory, rig.Account(address), Samples.Message(rig.Channel) with { To = rig.AddressOf(1) });
    }

    private static async Task<WebApplication> StartAsync(Action arrived)
    {
        using var key = RSA.Create(2048);
        var asked = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        asked.CertificateExtensions.Add(names.Build());
        using var made = asked.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(-1));
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var server = builder.Build();
        server.Run(context =>
        {
            arrived();
            return context.Response.WriteAsync("{}");
        });
        await server.StartAsync();
        Assert.StartsWith("https://", server.Urls.Single(), StringComparison.Ordinal);
        return server;
    }
}
