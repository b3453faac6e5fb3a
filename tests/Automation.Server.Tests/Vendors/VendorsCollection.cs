using Xunit;

namespace Automation.Server.Tests.Vendors;

/// <summary>The tests with vendors share one server and one set of stand-ins, and so run one after the other.</summary>
[CollectionDefinition("vendors")]
public sealed class VendorsCollection : ICollectionFixture<VendorsFixture>;
