using Automation.Storage.Tests.Contracts;

namespace Automation.Storage.Tests.Postgres;

public sealed class PostgresEngineStoreTests : EngineStoreContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresLedgerStoreTests : LedgerStoreContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresSealTests : SealContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresDefinitionStoreTests : DefinitionStoreContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresHoldStoreTests : HoldStoreContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresAccessStoreTests : AccessStoreContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresTallyTests : TallyContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresBitFlipTests : BitFlipContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresRetentionTests : RetentionContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresPersonalTests : PersonalContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresOperationsStoreTests : OperationsStoreContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}

public sealed class PostgresApprovalStoreTests : ApprovalStoreContract
{
    protected override StoreUnderTest Open() => new PostgresUnderTest();
}
