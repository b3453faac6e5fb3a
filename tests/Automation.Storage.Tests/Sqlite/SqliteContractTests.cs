using Automation.Storage.Tests.Contracts;

namespace Automation.Storage.Tests.Sqlite;

public sealed class SqliteEngineStoreTests : EngineStoreContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteLedgerStoreTests : LedgerStoreContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteSealTests : SealContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteDefinitionStoreTests : DefinitionStoreContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteHoldStoreTests : HoldStoreContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteAccessStoreTests : AccessStoreContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteTallyTests : TallyContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteBitFlipTests : BitFlipContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteRetentionTests : RetentionContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqlitePersonalTests : PersonalContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteOperationsStoreTests : OperationsStoreContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}

public sealed class SqliteApprovalStoreTests : ApprovalStoreContract
{
    protected override StoreUnderTest Open() => new SqliteUnderTest();
}
