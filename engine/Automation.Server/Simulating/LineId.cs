using System.Globalization;
using System.Security.Cryptography;
using Automation.Core.Primitives;

namespace Automation.Server.Simulating;

/// <summary>The message id of a line that has none: from the file's name, the line's number and its bytes, so that reading it again is no second event.</summary>
internal static class LineId
{
    public static string Of(string file, long line, ReadOnlySpan<byte> bytes) => StableHash.Id(
        "line", file, line.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(bytes))).ToString("D");
}
