namespace Automation.Bus.Contracts;

/// <summary>Somebody saved or published something: whoever keeps definitions in memory reads them again.</summary>
/// <param name="Node">Who said so; it knows already.</param>
public sealed record DefinitionsChanged(string Node);
