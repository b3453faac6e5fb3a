using System.Security.Cryptography;
using System.Text;
using Automation.Core.Deciding;
using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>A request to let a journey's draft be published, with what became of it.</summary>
/// <param name="Number">Counts the journey's requests, from 1.</param>
/// <param name="Hash">Of the document that it is about, as <see cref="HashOf"/> gives it.</param>
/// <param name="InFlight">What becomes of people on the way when it is published; asked for and approved with the content.</param>
/// <param name="CountExisting">Whether those who match the trigger already may enter; asked for and approved with the content.</param>
/// <param name="Decision">Who approved or rejected it.</param>
/// <param name="End">How a request ended that nobody decided about, or that was approved: by whom, and when.</param>
public sealed record Approval(
    string Journey, int Number, ApprovalStatus Status, string Hash, InFlightChoice InFlight, bool CountExisting, ApprovalWord Asked,
    ApprovalWord? Decision, ApprovalWord? End)
{
    /// <summary>Whether it waits for somebody, or for its publication: until then there is no other request.</summary>
    public bool Stands => Status is ApprovalStatus.Open or ApprovalStatus.Approved;

    /// <summary>Names a document's content: SHA-256 of its text, in hexadecimal.</summary>
    public static string HashOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    /// <summary>Whether a publication may stand on it.</summary>
    public bool Covers(string document) => Status == ApprovalStatus.Approved && Hash == HashOf(document);
}

/// <summary>Who said something about a request, and when.</summary>
/// <param name="Comment">Empty where there is nothing to say.</param>
public sealed record ApprovalWord(string By, Instant At, string Comment);

/// <summary>Somebody changed what a draft says.</summary>
public sealed record DraftEdit(string Actor, Instant At);

/// <summary>Where a request stands. The numbers are those in the stores.</summary>
public enum ApprovalStatus
{
    Open = 0,
    Approved = 1,
    Rejected = 2,
    Withdrawn = 3,

    /// <summary>The draft was changed, or published without it, or the journey deleted.</summary>
    Void = 4,
    Published = 5,
}

/// <summary>What a publication was decided on; the store looks once more, in the transaction that publishes.</summary>
/// <param name="Revision">The journey's, as it was read.</param>
/// <param name="Approval">The number of the approval that it stands on; 0 for none.</param>
public sealed record PublishTerms(int Revision, int Approval);
