# The server as an image: built with the SDK, run without it, by a user who owns nothing but its data.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# What packages are needed changes seldom: restoring them first lets the layer be used again.
COPY Automation.sln global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY engine/Automation.Core/Automation.Core.csproj engine/Automation.Core/
COPY engine/Automation.Runtime/Automation.Runtime.csproj engine/Automation.Runtime/
COPY engine/Automation.Storage/Automation.Storage.csproj engine/Automation.Storage/
COPY engine/Automation.Bus/Automation.Bus.csproj engine/Automation.Bus/
COPY engine/Automation.Redis/Automation.Redis.csproj engine/Automation.Redis/
COPY engine/Automation.Server/Automation.Server.csproj engine/Automation.Server/
COPY connectors connectors
RUN dotnet restore engine/Automation.Server/Automation.Server.csproj

COPY engine engine
COPY schema schema
RUN dotnet publish engine/Automation.Server/Automation.Server.csproj -c Release -o /app --no-restore

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# For the health check; the image has no other program that speaks HTTP.
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown app /data
USER app
VOLUME /data
ENV AUTOMATION_DATA=/data \
    AUTOMATION_URLS=http://0.0.0.0:5080 \
    DOTNET_CLI_TELEMETRY_OPTOUT=1
EXPOSE 5080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["curl", "-fsS", "http://127.0.0.1:5080/readyz"]
# The process gets signals itself, so that it drains and gives its partitions back.
ENTRYPOINT ["dotnet", "automation.dll"]
CMD ["serve"]
