namespace Sonde.Numerics.Lanes;

/// <summary>Says how wide the vectors of this machine's processor are.</summary>
public static class VectorHardware
{
    /// <summary>The widest vectors that the kernels use here, in bits; 0 if there are none.</summary>
    public static int Bits => Lanes16.IsAccelerated ? 512 : Lanes8.IsAccelerated ? 256 : Lanes4.IsAccelerated ? 128 : 0;
}
