namespace Sonde.Numerics.Lanes;

/// <summary>What vectors this machine's processor has.</summary>
public static class VectorHardware
{
    /// <summary>The widest vectors it computes with, in bits; 0 if it has none.</summary>
    public static int Bits => Lanes16.IsAccelerated ? 512 : Lanes8.IsAccelerated ? 256 : Lanes4.IsAccelerated ? 128 : 0;
}
